package dev.muster.observe;

/**
 * What a document says, as history keeps it: where the text lies, not the text, which can have megabytes.
 *
 * @param sha256 lower-case hex, its address in the artifact store; the text there is the canonical form
 * @param size bytes of that text
 * @param template for rule files: whether it names the device it is for and is rendered for each one
 */
public record DocumentContent(String sha256, long size, boolean template) {}
