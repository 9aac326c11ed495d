package dev.muster.observe.documents.yaml;

import dev.muster.observe.documents.text.TextFault;
import dev.muster.observe.documents.yaml.Node.Kind;
import dev.muster.observe.documents.yaml.Node.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one document. The grammar is YAML 1.2's, by the engine; what scalars mean, merge keys, and which of two equal
 * keys holds are YAML 1.1's as PyYAML has them. Events are taken from the engine one by one, so a document that goes
 * beyond a limit is read no further.
 */
public final class YamlReader {

    private static final String STANDARD_TAG = "tag:yaml.org,2002:";
    private static final Pattern ANCHOR_NAME = Pattern.compile("[A-Za-z0-9_-]+");

    private final int length;
    private final boolean endsWithoutBreak;
    private final Iterator<Event> events;
    private final YamlLimits limits;
    /** Null for what has begun and not ended. */
    private final Map<Anchor, @Nullable Node> anchors = new HashMap<>();

    private int aliases;
    private int merged;

    private YamlReader(String text, Iterator<Event> events, YamlLimits limits) {
        this.length = text.codePointCount(0, text.length());
        this.endsWithoutBreak = !text.substring(text.lastIndexOf('\n') + 1).isBlank();
        this.events = events;
        this.limits = limits;
    }

    /** The mapping that a text holds; throws {@link TextFault} when it is none. */
    public static Node.Mapping read(String text, YamlLimits limits) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel("text")
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        try {
            return new YamlReader(text, new Parse(settings).parseString(text).iterator(), limits).document();
        } catch (MarkedYamlEngineException e) {
            throw fault(e.getProblemMark(), TextFault.Kind.SYNTAX, e.getProblem());
        } catch (ReaderException e) {
            int index = text.offsetByCodePoints(0, Math.min(e.getPosition(), text.codePointCount(0, text.length())));
            throw TextFault.at(text, index, TextFault.Kind.SYNTAX, "the character U+%04X".formatted(e.getCodePoint()));
        } catch (YamlEngineException | NumberFormatException e) {
            // A number: the engine reads escapes of eight digits beyond what its integers hold.
            throw fault(Optional.empty(), TextFault.Kind.SYNTAX, e.getMessage());
        }
    }

    private Node.Mapping document() {
        Node root = null;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent) {
                if (root != null) {
                    throw fault(event.getStartMark(), TextFault.Kind.SYNTAX, "a second document begins here");
                }
                root = node(events.next(), 1);
            }
        }
        if (root instanceof Node.Mapping mapping) {
            return mapping;
        }
        throw new TextFault(TextFault.Kind.TYPE, 0, 0, "this is no mapping");
    }

    private Node node(Event event, int depth) {
        if (event instanceof AliasEvent alias) {
            return repeated(alias);
        }
        if (event instanceof ScalarEvent scalar) {
            return anchored(scalar, scalar(scalar));
        }
        CollectionStartEvent start = (CollectionStartEvent) event;
        if (depth > limits.depthMax()) {
            throw limit(start, "nested deeper than " + limits.depthMax());
        }
        anchor(start, null);
        return anchored(start, start instanceof MappingStartEvent ? mapping(start, depth) : items(start, depth));
    }

    private Node anchored(NodeEvent event, Node node) {
        anchor(event, node);
        return node;
    }

    private void anchor(NodeEvent event, @Nullable Node node) {
        Anchor anchor = event.getAnchor().orElse(null);
        if (anchor == null) {
            return;
        }
        // In YAML 1.2 a colon belongs to the name, in 1.1 it ends a key: '&x: y' would be read in two ways.
        if (!ANCHOR_NAME.matcher(anchor.getValue()).matches()) {
            throw syntax(event, "the name of an anchor is letters, digits, '-' and '_'");
        }
        anchors.put(anchor, node);
    }

    private Node repeated(AliasEvent event) {
        Anchor name = event.getAlias();
        if (!anchors.containsKey(name)) {
            throw syntax(event, "'*" + name.getValue() + "' has no place it repeats");
        }
        Node node = anchors.get(name);
        if (node == null) {
            throw syntax(event, "'*" + name.getValue() + "' repeats what it stands in");
        }
        if (++aliases > limits.aliasesMax()) {
            throw limit(event, "more than " + limits.aliasesMax() + " aliases");
        }
        return node;
    }

    private Node items(CollectionStartEvent start, int depth) {
        expectTag(start, "seq");
        List<Node> items = new ArrayList<>();
        for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return new Node.Items(items, line(start), column(start));
    }

    private Node mapping(CollectionStartEvent start, int depth) {
        expectTag(start, "map");
        Members own = new Members();
        Members all = new Members();
        for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
            if (event instanceof ScalarEvent key && isMergeKey(key)) {
                merge(all, key, node(events.next(), depth + 1));
                continue;
            }
            Node key = event instanceof ScalarEvent scalar && isDefaultKey(scalar)
                    ? anchored(scalar, scalar(Kind.TEXT, scalar))
                    : node(event, depth + 1);
            if (!(key instanceof Scalar scalar)) {
                throw syntax(event, "a list or mapping cannot be a key");
            }
            own.add(new Node.Member(scalar, node(events.next(), depth + 1)));
        }
        // What is merged comes first in order, and what the mapping has itself comes last and holds.
        all.addAll(own.all());
        return new Node.Mapping(all.all(), line(start), column(start));
    }

    private void merge(Members members, ScalarEvent key, Node value) {
        List<Node> sources =
                value instanceof Node.Items(var items, var line, var column) ? items.reversed() : List.of(value);
        for (Node source : sources) {
            if (!(source instanceof Node.Mapping mapping)) {
                throw syntax(key, "only mappings can be merged");
            }
            merged += mapping.members().size();
            if (merged > limits.mergedMax()) {
                throw limit(key, "more than " + limits.mergedMax() + " merged members");
            }
            members.addAll(mapping.members());
        }
    }

    private static boolean isMergeKey(ScalarEvent key) {
        return isBare(key) && PlainScalars.kindOf(key.getValue()) == Kind.MERGE;
    }

    private static boolean isDefaultKey(ScalarEvent key) {
        return isBare(key) && PlainScalars.kindOf(key.getValue()) == Kind.DEFAULT;
    }

    private static boolean isBare(ScalarEvent scalar) {
        return scalar.isPlain() && scalar.getTag().isEmpty();
    }

    private Scalar scalar(ScalarEvent event) {
        String tag = event.getTag().orElse("");
        return scalar(
                switch (tag) {
                    case "" -> event.isPlain() ? PlainScalars.kindOf(event.getValue()) : Kind.TEXT;
                    case "!" -> PlainScalars.kindOf(event.getValue());
                    case STANDARD_TAG + "str" -> Kind.TEXT;
                    case STANDARD_TAG + "null" -> Kind.NULL;
                    case STANDARD_TAG + "bool" -> Kind.TRUTH;
                    case STANDARD_TAG + "int" -> Kind.WHOLE;
                    case STANDARD_TAG + "float" -> Kind.REAL;
                    default -> throw unknownTag(event, tag);
                },
                event);
    }

    private Scalar scalar(Kind kind, ScalarEvent event) {
        String text = event.getValue();
        boolean inBlock = event.isLiteral() || event.isFolded();
        if (inBlock && endsWithoutBreak && text.endsWith("\n") && end(event) == length) {
            // The engine supplies the break that the document's last line lacks; the text has none either.
            text = text.substring(0, text.length() - 1);
        }
        return Scalars.of(kind, text, limits, line(event), column(event));
    }

    private void expectTag(CollectionStartEvent start, String type) {
        String tag = start.getTag().orElse("!");
        if (!tag.equals("!") && !tag.equals(STANDARD_TAG + type)) {
            throw unknownTag(start, tag);
        }
    }

    private static TextFault unknownTag(NodeEvent event, String tag) {
        return syntax(event, "the tag '" + tag + "' is not allowed here");
    }

    private static TextFault syntax(Event event, String problem) {
        return fault(event.getStartMark(), TextFault.Kind.SYNTAX, problem);
    }

    private static TextFault limit(Event event, String problem) {
        return fault(event.getStartMark(), TextFault.Kind.LIMIT, problem);
    }

    private static TextFault fault(Optional<Mark> mark, TextFault.Kind kind, @Nullable String problem) {
        return new TextFault(
                kind,
                mark.map(m -> m.getLine() + 1).orElse(0),
                mark.map(m -> m.getColumn() + 1).orElse(0),
                problem == null ? "this is no YAML" : problem);
    }

    private static int end(Event event) {
        return event.getEndMark().map(Mark::getIndex).orElse(0);
    }

    private static int line(Event event) {
        return event.getStartMark().map(m -> m.getLine() + 1).orElse(0);
    }

    private static int column(Event event) {
        return event.getStartMark().map(m -> m.getColumn() + 1).orElse(0);
    }

    /** Members as Python's dictionaries keep them: a key given again keeps its first place and form, and its last value. */
    private static final class Members {

        private final Map<Object, Node.Member> byKey = new LinkedHashMap<>();

        void add(Node.Member member) {
            byKey.merge(member.key().same(), member, (earlier, later) -> new Node.Member(earlier.key(), later.value()));
        }

        void addAll(List<Node.Member> members) {
            members.forEach(this::add);
        }

        List<Node.Member> all() {
            return List.copyOf(byKey.values());
        }
    }
}
