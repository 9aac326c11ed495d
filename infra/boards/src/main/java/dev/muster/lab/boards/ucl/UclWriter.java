package dev.muster.lab.boards.ucl;

/**
 * Writes a tree as a text that needs no other: reading it gives the same tree, at other places. Numbers stay as they were
 * written.
 */
public final class UclWriter {

    private final StringBuilder out = new StringBuilder();

    private UclWriter() {}

    public static String write(UclValue root) {
        UclWriter writer = new UclWriter();
        if (root instanceof UclValue.Section section) {
            writer.members(section, 0);
        } else {
            writer.value(root, 0);
            writer.out.append('\n');
        }
        return writer.out.toString();
    }

    private void members(UclValue.Section section, int depth) {
        section.members().forEach((key, value) -> {
            if (value instanceof UclValue.Items items && items.repeated()) {
                items.items().forEach(each -> member(key, each, depth));
            } else {
                member(key, value, depth);
            }
        });
    }

    private void member(String key, UclValue value, int depth) {
        indent(depth);
        quoted(key);
        out.append(" = ");
        value(value, depth);
        out.append('\n');
    }

    private void value(UclValue value, int depth) {
        switch (value) {
            case UclValue.Section section -> {
                out.append("{\n");
                members(section, depth + 1);
                indent(depth);
                out.append('}');
            }
            case UclValue.Items items -> {
                out.append("[\n");
                for (UclValue each : items.items()) {
                    indent(depth + 1);
                    value(each, depth + 1);
                    out.append(",\n");
                }
                indent(depth);
                out.append(']');
            }
            case UclValue.Text text -> quoted(text.text());
            case UclValue.Scalar plain -> out.append(plain.text());
            case UclValue.Nothing nothing -> out.append("null");
        }
    }

    private void indent(int depth) {
        out.repeat("  ", depth);
    }

    private void quoted(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
