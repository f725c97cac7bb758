/**
 * Is there anything to read in it? Spaces, line breaks, control characters and characters without a shape
 * say nothing, and Slack refuses a text that holds nothing else.
 */
export function saysSomething(text: string): boolean {
  return /[^\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text);
}
