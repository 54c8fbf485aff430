/**
 * Text that changes. Browsers that translate a page replace its text nodes, and an update of the old node would not be seen; a new
 * element is.
 */
export const Phrase = ({ children }: { children: string }) => (children === '' ? null : <span key={children}>{children}</span>);
