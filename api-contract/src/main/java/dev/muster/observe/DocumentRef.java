package dev.muster.observe;

/** One document a device uses, by id, with the uid it had then, for people who read history. */
public record DocumentRef(DocumentId id, Uid uid) {}
