package dev.muster.updates.query;

import cz.jirutka.rsql.parser.RSQLParser;
import cz.jirutka.rsql.parser.RSQLParserException;
import cz.jirutka.rsql.parser.ast.AndNode;
import cz.jirutka.rsql.parser.ast.ComparisonNode;
import cz.jirutka.rsql.parser.ast.LogicalNode;
import cz.jirutka.rsql.parser.ast.Node;
import cz.jirutka.rsql.parser.ast.OrNode;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Refused;
import dev.muster.registry.query.Wildcard;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns RSQL into a compiled filter. The text comes from anywhere: its length, its nesting and its terms are limited
 * before and while it is read, fields are known by name, values are only ever compared, and every refusal says where.
 */
final class FilterCompiler {

    private static final Pattern PLACE = Pattern.compile("line (\\d{1,9}), column (\\d{1,9})");

    private final QuerySettings settings;
    private final Terms terms;
    private final String text;
    private int termCount;

    private FilterCompiler(String text, Terms terms, QuerySettings settings) {
        this.text = text;
        this.terms = terms;
        this.settings = settings;
    }

    /** Null or blank matches all. Fails with {@link KernelRefusal#INVALID_FILTER}. */
    static Filter compile(@Nullable String rsql, Terms terms, QuerySettings settings) {
        if (rsql == null || rsql.isBlank()) {
            return Filter.ALL;
        }
        if (rsql.length() > settings.filterLengthMax()) {
            throw KernelRefusal.INVALID_FILTER.because(
                    "A filter has at most " + settings.filterLengthMax() + " characters.");
        }
        return new FilterCompiler(rsql, terms, settings).compiled();
    }

    /** The same filter in a form that says why a device does not match. Fails likewise. */
    static Reasoned reasoned(@Nullable String rsql, Terms terms, QuerySettings settings) {
        if (rsql == null || rsql.isBlank()) {
            return Reasoned.ALL;
        }
        if (rsql.length() > settings.filterLengthMax()) {
            throw KernelRefusal.INVALID_FILTER.because(
                    "A filter has at most " + settings.filterLengthMax() + " characters.");
        }
        FilterCompiler compiler = new FilterCompiler(rsql, terms, settings);
        compiler.refuseDeepNesting();
        return compiler.reasoned(compiler.parsed());
    }

    private Reasoned reasoned(Node node) {
        return switch (node) {
            case ComparisonNode one -> {
                Term term = comparison(one).term();
                Field field = FleetFields.named(one.getSelector());
                if (field == null) {
                    throw refused("There is no field '" + shortened(one.getSelector()) + "'.", 0);
                }
                yield new Reasoned.One(written(one), field, term);
            }
            case AndNode and ->
                new Reasoned.All(and.getChildren().stream().map(this::reasoned).toList());
            case OrNode or ->
                new Reasoned.Any(or.getChildren().stream().map(this::reasoned).toList());
            default -> throw refused("The filter cannot be read.", 0);
        };
    }

    private static String written(ComparisonNode node) {
        List<String> values = node.getArguments();
        String value = values.size() == 1 ? values.getFirst() : "(" + String.join(",", values) + ")";
        return shortened(node.getSelector() + node.getOperator().getSymbol() + (value.isEmpty() ? "''" : value));
    }

    private Filter compiled() {
        refuseDeepNesting();
        return filter(parsed());
    }

    /** The parser calls itself for each parenthesis; too many would exhaust its stack. */
    private void refuseDeepNesting() {
        int depth = 0;
        for (int i = nextOutsideQuotes(0); i < text.length(); i = nextOutsideQuotes(i + 1)) {
            if (text.charAt(i) == '(' && ++depth > settings.filterDepthMax()) {
                throw refused("Parentheses nest at most " + settings.filterDepthMax() + " deep.", i);
            }
            if (text.charAt(i) == ')') {
                depth--;
            }
        }
    }

    /** The next index at or after {@code from} that is not inside a quoted value; the text's length when none is. */
    private int nextOutsideQuotes(int from) {
        int i = from;
        while (i < text.length() && (text.charAt(i) == '"' || text.charAt(i) == '\'')) {
            char quote = text.charAt(i++);
            while (i < text.length() && text.charAt(i) != quote) {
                i += text.charAt(i) == '\\' ? 2 : 1;
            }
            i++;
        }
        return Math.min(i, text.length());
    }

    private Node parsed() {
        try {
            return new RSQLParser().parse(text);
        } catch (RSQLParserException e) {
            throw refused("The filter cannot be read here.", offset(e));
        }
    }

    /** The parser tells the place only in words: "… at line 1, column 7 …". */
    private int offset(RSQLParserException e) {
        Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
        if (!place.find()) {
            return text.length();
        }
        int offset = 0;
        for (int line = Integer.parseInt(place.group(1)); line > 1; line--) {
            offset = text.indexOf('\n', offset) + 1;
        }
        return Math.clamp((long) offset + Integer.parseInt(place.group(2)) - 1, 0, text.length());
    }

    private Filter filter(Node node) {
        return switch (node) {
            case ComparisonNode comparison -> comparison(comparison);
            case AndNode and -> and(and);
            case OrNode or -> or(or);
            default -> throw refused("The filter cannot be read.", 0);
        };
    }

    private Filter and(LogicalNode node) {
        Filter[] parts = parts(node);
        Term[] all = terms(parts);
        List<String> ids = null;
        String prefix = "";
        for (Filter part : parts) {
            if (part.ids() != null && (ids == null || part.ids().size() < ids.size())) {
                ids = part.ids();
            }
            if (part.prefix().length() > prefix.length()) {
                prefix = part.prefix();
            }
        }
        Term term = (device, sightings) -> {
            for (Term each : all) {
                if (!each.holds(device, sightings)) {
                    return false;
                }
            }
            return true;
        };
        return new Filter(term, ids, prefix);
    }

    private Filter or(LogicalNode node) {
        Filter[] parts = parts(node);
        Term[] all = terms(parts);
        boolean onlyIds = true;
        java.util.Set<String> ids = new java.util.TreeSet<>();
        for (Filter part : parts) {
            onlyIds &= part.ids() != null;
            if (part.ids() != null) {
                ids.addAll(part.ids());
            }
        }
        Term term = (device, sightings) -> {
            for (Term each : all) {
                if (each.holds(device, sightings)) {
                    return true;
                }
            }
            return false;
        };
        return new Filter(term, onlyIds ? List.copyOf(ids) : null, "");
    }

    private Filter[] parts(LogicalNode node) {
        return node.getChildren().stream().map(this::filter).toArray(Filter[]::new);
    }

    private static Term[] terms(Filter[] parts) {
        return java.util.Arrays.stream(parts).map(Filter::term).toArray(Term[]::new);
    }

    private Filter comparison(ComparisonNode node) {
        String selector = node.getSelector();
        if (++termCount > settings.filterTermsMax()) {
            throw refused("A filter has at most " + settings.filterTermsMax() + " comparisons.", position(selector));
        }
        Field field = FleetFields.named(selector);
        if (field == null) {
            throw refused("There is no field '" + shortened(selector) + "'.", position(selector));
        }
        List<String> values = node.getArguments();
        if (values.size() > settings.filterValuesMax()) {
            throw refused("A list has at most " + settings.filterValuesMax() + " values.", position(selector));
        }
        Comparison comparison = Comparison.of(node.getOperator().getSymbol());
        if (comparison == null) {
            throw refused("There is no comparison " + node.getOperator().getSymbol() + ".", position(selector));
        }
        try {
            return filter(field, comparison, values);
        } catch (Refused refused) {
            throw refused(refused.refusal().message(), position(selector));
        }
    }

    private Filter filter(Field field, Comparison comparison, List<String> values) {
        Term term = terms.term(field, comparison, values);
        boolean positive = comparison == Comparison.EQUAL || comparison == Comparison.IN;
        if (field.kind() != FieldKind.ID || !positive || values.contains("")) {
            return new Filter(term, null, "");
        }
        if (values.stream().noneMatch(Wildcard::in)) {
            return new Filter(term, values.stream().sorted().distinct().toList(), "");
        }
        return new Filter(term, null, values.size() == 1 ? new Wildcard(values.getFirst(), false).prefix() : "");
    }

    /** Where the selector stands; the parser's tree does not say, so it is looked up outside quotes. */
    private int position(String selector) {
        for (int i = nextOutsideQuotes(0); i < text.length(); i = nextOutsideQuotes(i + 1)) {
            int end = i + selector.length();
            if (text.startsWith(selector, i)
                    && end < text.length()
                    && " =!<>".indexOf(text.charAt(end)) >= 0
                    && (i == 0 || " (;,\t".indexOf(text.charAt(i - 1)) >= 0)) {
                return i;
            }
        }
        return 0;
    }

    private Refused refused(String message, int position) {
        return KernelRefusal.INVALID_FILTER.because(
                message + " (character " + (position + 1) + ")", Map.of("position", position));
    }

    private static String shortened(String selector) {
        return selector.length() <= 60 ? selector : selector.substring(0, 60) + "…";
    }
}
