package dev.muster.overview.view;

/** One document. */
public record ViewKey(ViewCollection<?> collection, String id) {}
