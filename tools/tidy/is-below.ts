/** Tells whether a path is a folder or file itself or lies in that folder. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
