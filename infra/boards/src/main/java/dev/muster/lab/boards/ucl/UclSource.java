package dev.muster.lab.boards.ucl;

import org.jspecify.annotations.Nullable;

/**
 * A text to read.
 *
 * @param file absolute path of the file it is from; null for a text from elsewhere, which then has no {@code CURDIR} and
 *     {@code FILENAME}
 */
public record UclSource(@Nullable String file, String text) {

    @Override
    public String toString() {
        return "source " + file;
    }
}
