package dev.muster.config.poc;

import dev.muster.config.Json;
import dev.muster.config.JsonReader;

/**
 * The text of one member of an object, as it is written, only without blanks between its parts. Numbers keep their
 * digits and members their order: 3.0 stays 3.0, and an integer of any size stays what it is for whoever reads it.
 */
final class Source {

    private final String text;
    private final String member;
    private final StringBuilder out = new StringBuilder();
    private int at;
    /** How many containers are open. */
    private int depth;
    /** Whether a name of the outermost object comes next. */
    private boolean nameNext;
    /** Whether what is read belongs to the member. */
    private boolean inside;

    private Source(String text, String member) {
        this.text = text;
        this.member = member;
    }

    /**
     * @param text a JSON object that was read before, so that nothing is wrong with it
     * @param member a name that it has
     */
    static String of(String text, String member) {
        return new Source(text, member).read();
    }

    private String read() {
        for (at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '"' -> string();
                case ' ', '\t', '\r', '\n' -> {}
                case '{', '[' -> {
                    copy(c);
                    depth++;
                    nameNext = depth == 1;
                }
                case '}', ']' -> {
                    depth--;
                    if (depth == 0) {
                        return out.toString();
                    }
                    copy(c);
                }
                case ',' -> {
                    if (depth == 1 && inside) {
                        return out.toString();
                    }
                    nameNext = depth == 1;
                    copy(c);
                }
                case ':' -> {
                    if (depth > 1) {
                        copy(c);
                    }
                }
                default -> copy(c);
            }
        }
        throw new IllegalStateException("no JSON object");
    }

    private void copy(char c) {
        if (inside) {
            out.append(c);
        }
    }

    private void string() {
        int from = at;
        for (at++; text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\') {
                at++;
            }
        }
        if (nameNext) {
            nameNext = false;
            inside = JsonReader.read(text.substring(from, at + 1)).equals(Json.of(member));
        } else if (inside) {
            out.append(text, from, at + 1);
        }
    }
}
