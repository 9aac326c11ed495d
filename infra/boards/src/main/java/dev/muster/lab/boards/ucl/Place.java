package dev.muster.lab.boards.ucl;

import org.jspecify.annotations.Nullable;

/**
 * Where something stands.
 *
 * @param line from 1
 * @param column from 1, in characters
 * @param file the file's path; null for a text that is in none
 */
public record Place(int line, int column, @Nullable String file) {}
