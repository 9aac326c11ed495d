package dev.muster.observe.cos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The form an answer has: JSON, or for browsers the same on a page. Among what a client accepts the most particular
 * range wins, then JSON; quality values count for nothing (contract §1.3, as Django REST framework has it).
 *
 * @param indent spaces for each level of JSON; 0 for compact
 */
record Rendering(boolean page, int indent) {

    static final Rendering JSON = new Rendering(false, 0);
    static final Rendering PAGE = new Rendering(true, 4);
    private static final int INDENT_MAX = 8;
    private static final int RANGES_MAX = 64;
    private static final List<Range> ANY = List.of(new Range("*", "*", 0, 0));

    /** @param precedence how particular: 0 for anything, 3 with parameters */
    private record Range(String type, String subtype, int precedence, int indent) {

        boolean matches(String otherType, String otherSubtype) {
            return (type.equals("*") || type.equals(otherType))
                    && (subtype.equals("*") || subtype.equals(otherSubtype));
        }
    }

    /**
     * @param accept values of all {@code Accept} headers
     * @param format the query's {@code format}
     * @throws CosFailure 406, or 404 for a format there is not
     */
    static Rendering wanted(List<String> accept, @Nullable String format) {
        boolean json = true;
        boolean page = true;
        if (format != null && !format.isEmpty()) {
            json = format.equals("json");
            page = format.equals("api");
            if (!json && !page) {
                throw CosFailure.notFound();
            }
        }
        List<Range> ranges = ranges(accept);
        for (int precedence = 3; precedence >= 0; precedence--) {
            for (Range range : ranges) {
                if (json && range.precedence == precedence && range.matches("application", "json")) {
                    return range.indent == 0 ? JSON : new Rendering(false, range.indent);
                }
            }
            for (Range range : ranges) {
                if (page && range.precedence == precedence && range.matches("text", "html")) {
                    return PAGE;
                }
            }
        }
        throw CosFailure.notAcceptable();
    }

    private static List<Range> ranges(List<String> accept) {
        List<Range> ranges = new ArrayList<>();
        for (String header : accept) {
            for (String each : header.split(",")) {
                if (!each.isBlank() && ranges.size() < RANGES_MAX) {
                    ranges.add(range(each.strip()));
                }
            }
        }
        return ranges.isEmpty() ? ANY : ranges;
    }

    private static Range range(String text) {
        String[] parts = text.split(";");
        String media = parts.length == 0 ? "" : parts[0].strip().toLowerCase(Locale.ROOT);
        int slash = media.indexOf('/');
        String type = slash < 0 ? media : media.substring(0, slash);
        String subtype = slash < 0 ? "" : media.substring(slash + 1);
        boolean particular = false;
        int indent = 0;
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            particular |= !parameter.startsWith("q=");
            if (parameter.startsWith("indent=")) {
                indent = indent(parameter.substring("indent=".length()));
            }
        }
        int precedence = type.equals("*") ? 0 : subtype.equals("*") ? 1 : particular ? 3 : 2;
        return new Range(type, subtype, precedence, indent);
    }

    private static int indent(String text) {
        try {
            return Math.clamp(Integer.parseInt(text), 0, INDENT_MAX);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
