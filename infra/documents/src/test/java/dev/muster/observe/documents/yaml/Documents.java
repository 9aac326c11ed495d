package dev.muster.observe.documents.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Documents at random, in the ways people and programs write them. */
final class Documents {

    private final Random random;

    Documents(Random random) {
        this.random = random;
    }

    /** A mapping whose texts are all in double quotes, so that both readers read the same and only the writers differ. */
    String quoted() {
        StringBuilder text = new StringBuilder();
        quotedMapping(text, 0);
        return text.toString();
    }

    private void quotedValue(StringBuilder text, int depth) {
        switch (random.nextInt(depth > 4 ? 3 : 5)) {
            case 0, 1 -> quote(text, text());
            case 2 ->
                text.append(List.of("true", "null", "17", "-2", "1.5", "2020-01-02", "1.0e+20")
                        .get(random.nextInt(7)));
            case 3 -> quotedMapping(text, depth);
            default -> {
                text.append('[');
                for (int i = random.nextInt(4); i > 0; i--) {
                    quotedValue(text, depth + 1);
                    text.append(i > 1 ? ", " : "");
                }
                text.append(']');
            }
        }
    }

    private void quotedMapping(StringBuilder text, int depth) {
        text.append('{');
        for (int i = random.nextInt(4); i > 0; i--) {
            quote(text, text());
            text.append(": ");
            quotedValue(text, depth + 1);
            text.append(i > 1 ? ", " : "");
        }
        text.append('}');
    }

    private String text() {
        return switch (random.nextInt(4)) {
            case 0 -> SampleScalars.PLAIN.get(random.nextInt(SampleScalars.PLAIN.size()));
            case 1 -> SampleScalars.TEXTS.get(random.nextInt(SampleScalars.TEXTS.size()));
            case 2 -> letters(random.nextInt(20));
            default -> letters(60 + random.nextInt(120));
        };
    }

    private String letters(int length) {
        String alphabet = random.nextInt(3) == 0 ? "ab  \u00e4'\"\\\n:#-" : "abcdefgh   '.:#-{}";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else if (c < ' ' || c > '~') {
                out.append("\\U%08X".formatted(c));
            } else {
                out.appendCodePoint(c);
            }
        });
        out.append('"');
    }

    /** A mapping in block style with scalars in all styles, comments, anchors, aliases and merge keys. */
    String block() {
        StringBuilder text = new StringBuilder();
        anchors.clear();
        blockMapping(text, 0, 0);
        return text.toString();
    }

    private final List<String> anchors = new ArrayList<>();
    private int anchorsMade;

    private void blockMapping(StringBuilder text, int indent, int depth) {
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            text.append(" ".repeat(indent));
            if (!anchors.isEmpty() && random.nextInt(12) == 0) {
                text.append("<<: ")
                        .append(random.nextBoolean() ? alias() : "[" + alias() + ", " + alias() + "]")
                        .append('\n');
                continue;
            }
            String key = random.nextInt(6) == 0
                    ? scalarOnOneLine()
                    : List.of("alert", "expr", "for", "labels", "k" + random.nextInt(4), "x-y")
                            .get(random.nextInt(6));
            text.append(key).append(random.nextInt(20) == 0 ? " :" : ":");
            blockValue(text, indent, depth);
            if (random.nextInt(10) == 0) {
                text.append(" ".repeat(random.nextInt(4))).append("# said aside\n");
            }
        }
    }

    private void blockValue(StringBuilder text, int indent, int depth) {
        String anchor = "";
        int kind = random.nextInt(depth > 3 ? 6 : 9);
        if (random.nextInt(6) == 0 && kind != 5) {
            anchor = "a" + anchorsMade++;
            text.append(" &").append(anchor);
        }
        switch (kind) {
            case 0, 1, 2, 3 -> text.append(' ').append(scalarOnOneLine()).append('\n');
            case 4 -> blockScalar(text, indent);
            case 5 -> text.append(anchors.isEmpty() ? "" : " " + anyAlias()).append('\n');
            case 6 -> {
                text.append(random.nextBoolean() ? "\n" : " # here\n");
                blockMapping(text, indent + 1 + random.nextInt(3), depth + 1);
            }
            case 7 -> {
                text.append('\n');
                int items = indent + random.nextInt(3);
                for (int i = 1 + random.nextInt(3); i > 0; i--) {
                    text.append(" ".repeat(items)).append('-');
                    if (random.nextInt(3) == 0) {
                        text.append(' ');
                        StringBuilder mapping = new StringBuilder();
                        blockMapping(mapping, items + 2, depth + 1);
                        text.append(mapping.substring(items + 2));
                    } else {
                        blockValue(text, items, depth + 1);
                    }
                }
            }
            default ->
                text.append(" {a: ")
                        .append(quotedWord())
                        .append(", b: [1, yes, ")
                        .append(quotedWord())
                        .append("]}\n");
        }
        if (!anchor.isEmpty()) {
            anchors.add((kind == 6 || kind == 8 ? "m" : "") + anchor);
        }
    }

    /** An alias of a mapping, if there is one. */
    private String alias() {
        return anchors.stream()
                .filter(anchor -> anchor.startsWith("m"))
                .findAny()
                .map(anchor -> "*" + anchor.substring(1))
                .orElseGet(this::anyAlias);
    }

    private String anyAlias() {
        String anchor = anchors.get(random.nextInt(anchors.size()));
        return "*" + (anchor.startsWith("m") ? anchor.substring(1) : anchor);
    }

    private void blockScalar(StringBuilder text, int indent) {
        text.append(' ')
                .append(random.nextBoolean() ? '|' : '>')
                .append(List.of("", "-", "+").get(random.nextInt(3)));
        text.append('\n');
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            String line = random.nextInt(5) == 0
                    ? ""
                    : " ".repeat(indent + 2)
                            + List.of(
                                            "sum(rate(http_requests_total{job=\"x\"}[5m])) by (instance)",
                                            "  deeper",
                                            "> 0.5",
                                            "and on() x",
                                            "# no comment",
                                            "it's 'quoted'")
                                    .get(i > 3 ? 0 : random.nextInt(6));
            text.append(line).append('\n');
        }
    }

    private String scalarOnOneLine() {
        return switch (random.nextInt(4)) {
            case 0, 1 -> SampleScalars.PLAIN.get(random.nextInt(SampleScalars.PLAIN.size()));
            case 2 ->
                "'"
                        + SampleScalars.PLAIN
                                .get(random.nextInt(SampleScalars.PLAIN.size()))
                                .replace("'", "''") + "'";
            default -> quotedWord();
        };
    }

    private String quotedWord() {
        StringBuilder text = new StringBuilder();
        quote(text, SampleScalars.PLAIN.get(random.nextInt(SampleScalars.PLAIN.size())));
        return text.toString();
    }

    /** A document with something cut out, doubled or put in at random. */
    String broken() {
        StringBuilder text = new StringBuilder(block());
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(3)));
                case 1 -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(12))));
                default ->
                    text.insert(
                            at,
                            List.of(":", " ", "\n", "-", "'", "\"", "#", "[", "}", "&", "*", "!", "|", ",", "?")
                                    .get(random.nextInt(15)));
            }
            if (text.isEmpty()) {
                return "";
            }
        }
        return text.toString();
    }
}
