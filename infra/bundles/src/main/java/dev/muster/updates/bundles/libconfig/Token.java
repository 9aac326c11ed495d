package dev.muster.updates.bundles.libconfig;

import org.jspecify.annotations.Nullable;

/**
 * A word of the text with the place where it starts.
 *
 * @param value the scalar of a {@link Kind#SCALAR}; of strings only this one piece
 * @param name the text of a {@link Kind#NAME}, else empty
 */
record Token(Kind kind, @Nullable Setting value, String name, int line, int column) {

    enum Kind {
        NAME("a name"),
        SCALAR("a value"),
        EQUALS("'=' or ':'"),
        COMMA("','"),
        SEMICOLON("';'"),
        GROUP_START("'{'"),
        GROUP_END("'}'"),
        ARRAY_START("'['"),
        ARRAY_END("']'"),
        LIST_START("'('"),
        LIST_END("')'"),
        END("the end of the text");

        final String words;

        Kind(String words) {
            this.words = words;
        }
    }
}
