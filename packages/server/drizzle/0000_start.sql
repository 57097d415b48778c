CREATE TABLE `events` (
	`room` text NOT NULL,
	`seq` integer NOT NULL,
	`id` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`count` integer NOT NULL,
	`chain` text NOT NULL,
	`fingerprint` text NOT NULL,
	`payload` text NOT NULL,
	PRIMARY KEY(`room`, `seq`),
	FOREIGN KEY (`room`) REFERENCES `rooms`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_by_op` ON `events` (`room`,`id`);--> statement-breakpoint
CREATE TABLE `messages` (
	`room` text NOT NULL,
	`id` text NOT NULL,
	`seq` integer NOT NULL,
	`rev` integer NOT NULL,
	`count` integer NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`author` text NOT NULL,
	`body` text NOT NULL,
	`format` text NOT NULL,
	PRIMARY KEY(`room`, `id`),
	FOREIGN KEY (`room`) REFERENCES `rooms`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_by_seq` ON `messages` (`room`,`seq`);--> statement-breakpoint
CREATE TABLE `rejected_ops` (
	`room` text NOT NULL,
	`id` text NOT NULL,
	`by` text NOT NULL,
	`code` text NOT NULL,
	`detail` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`room`, `id`, `by`)
);
--> statement-breakpoint
CREATE TABLE `rooms` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`epoch` text NOT NULL,
	`head` integer NOT NULL,
	`count` integer NOT NULL,
	`min_seq` integer NOT NULL,
	`chain` text NOT NULL,
	`last_at` integer NOT NULL,
	`created_at` integer NOT NULL
);
