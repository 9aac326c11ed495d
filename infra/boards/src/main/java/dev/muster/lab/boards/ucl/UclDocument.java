package dev.muster.lab.boards.ucl;

/**
 * What a text says.
 *
 * @param root an object, or a list if the document is one
 * @param selfContained whether the text alone says it all: nothing was included, no variable replaced
 */
public record UclDocument(UclValue root, boolean selfContained) {}
