CREATE TABLE `instance` (
	`id` integer PRIMARY KEY NOT NULL,
	`database` text NOT NULL,
	`commits` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `members` (
	`room` text NOT NULL,
	`user` text NOT NULL,
	`read_seq` integer,
	`read_count` integer,
	`at` integer NOT NULL,
	PRIMARY KEY(`room`, `user`)
);
--> statement-breakpoint
CREATE INDEX `members_by_user` ON `members` (`user`);--> statement-breakpoint
CREATE TABLE `mentions` (
	`room` text NOT NULL,
	`user` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`room`, `user`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `reactions` (
	`room` text NOT NULL,
	`message` text NOT NULL,
	`emoji` text NOT NULL,
	`count` integer NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`room`, `message`, `emoji`)
);
--> statement-breakpoint
CREATE TABLE `reactors` (
	`room` text NOT NULL,
	`message` text NOT NULL,
	`emoji` text NOT NULL,
	`user` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`room`, `message`, `emoji`, `user`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reactors_by_seq` ON `reactors` (`room`,`message`,`emoji`,`seq`);--> statement-breakpoint
CREATE TABLE `versions` (
	`room` text NOT NULL,
	`message` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`room`, `message`, `seq`)
);
--> statement-breakpoint
ALTER TABLE `messages` ADD `fingerprint` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `messages` ADD `reply_to` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `thread` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `is_in_room` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `messages` ADD `mentions` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `meta` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `reply_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `messages` ADD `last_reply_seq` integer;--> statement-breakpoint
ALTER TABLE `messages` ADD `edited_at` integer;--> statement-breakpoint
ALTER TABLE `messages` ADD `deleted_at` integer;--> statement-breakpoint
ALTER TABLE `messages` ADD `pinned_at` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `messages_in_room` ON `messages` (`room`,`seq`) WHERE is_in_room = 1;--> statement-breakpoint
CREATE UNIQUE INDEX `messages_in_thread` ON `messages` (`room`,`thread`,`seq`) WHERE thread IS NOT NULL;--> statement-breakpoint
CREATE INDEX `messages_pinned` ON `messages` (`room`,`seq`) WHERE pinned_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE `rooms` ADD `min_chain` text DEFAULT '0000000000000000' NOT NULL;--> statement-breakpoint
ALTER TABLE `rooms` ADD `last_message_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `events_by_age` ON `events` (`at`,`room`,`seq`);--> statement-breakpoint
CREATE INDEX `rejected_ops_by_author` ON `rejected_ops` (`by`);--> statement-breakpoint
CREATE INDEX `rejected_ops_by_age` ON `rejected_ops` (`at`);--> statement-breakpoint
UPDATE `messages` SET `fingerprint` = coalesce((SELECT `events`.`fingerprint` FROM `events` WHERE `events`.`room` = `messages`.`room` AND `events`.`seq` = `messages`.`seq`), '');--> statement-breakpoint
UPDATE `rooms` SET `last_message_at` = coalesce((SELECT max(`messages`.`at`) FROM `messages` WHERE `messages`.`room` = `rooms`.`id`), 0);--> statement-breakpoint
INSERT INTO `members` (`room`, `user`, `read_seq`, `read_count`, `at`) SELECT `room`, `by`, max(`seq`), max(`count`), min(`at`) FROM `messages` GROUP BY `room`, `by`;
