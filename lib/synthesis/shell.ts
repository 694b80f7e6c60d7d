/** One word of a shell command, whatever it holds. */
export function quoteForShell(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}

/** A function of the shell that prints its input as a part of a URL, without the ends of lines at its end. */
export const ENCODE_FOR_URL = `# Prints its input as URLs want it, byte by byte where it holds more than letters, digits and what is like them.
encode() {
  plain=$(cat)
  case $plain in
    *[!A-Za-z0-9._~-]*) printf '%s' "$plain" | od -An -v -tx1 | tr -d ' \\n' | sed 's/../%&/g' ;;
    *) printf '%s' "$plain" ;;
  esac
}
`;
