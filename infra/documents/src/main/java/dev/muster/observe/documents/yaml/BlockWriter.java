package dev.muster.observe.documents.yaml;

import dev.muster.observe.documents.text.TextFault;
import dev.muster.observe.documents.yaml.Node.Items;
import dev.muster.observe.documents.yaml.Node.Mapping;
import dev.muster.observe.documents.yaml.Node.Member;
import dev.muster.observe.documents.yaml.Node.Scalar;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Writes documents as PyYAML's dumper does in block style without sorting: two blanks for each level, dashes of a list
 * below the key it belongs to, lists, mappings and dates that stand at several places written at the first and repeated
 * by aliases. How deep nodes nest is limited, so it may recurse.
 */
public final class BlockWriter {

    /** A longer key stands behind a question mark. */
    private static final int KEY_LENGTH_MAX = 122;

    private static final int STEP = 2;

    private final YamlLimits limits;
    private final Lines lines;
    private final ScalarWriter scalars;
    /** Zero for what was seen once, else the number of its anchor. */
    private final Map<Node, Integer> anchors = new IdentityHashMap<>();

    private final Map<Node, Boolean> written = new IdentityHashMap<>();
    private int anchorsGiven;
    private int aliases;

    private BlockWriter(YamlLimits limits) {
        this.limits = limits;
        this.lines = new Lines(limits.sizeMax());
        this.scalars = new ScalarWriter(lines);
    }

    /**
     * The document without a line break at its end. Throws {@link TextFault} when it goes beyond a limit, so what was
     * written can be read again.
     */
    public static String write(Mapping root, YamlLimits limits) {
        BlockWriter writer = new BlockWriter(limits);
        writer.giveAnchors(root, 1);
        return writer.written(root);
    }

    /** The same with everything written out at each of its places. */
    public static String writeWithoutAliases(Mapping root, YamlLimits limits) {
        return new BlockWriter(limits).written(root);
    }

    private String written(Mapping root) {
        node(root, -STEP, false);
        return lines.text();
    }

    /** In the order in which places are found to be repeated, which gives anchors their numbers. */
    private void giveAnchors(Node node, int depth) {
        if (!isShared(node)) {
            return;
        }
        Integer anchor = anchors.putIfAbsent(node, 0);
        if (anchor != null) {
            // Merge keys repeat without an alias what stands in the mapping they merge.
            if (++aliases > limits.aliasesMax()) {
                throw limit(node, "more than " + limits.aliasesMax() + " aliases when written out");
            }
            if (anchor == 0) {
                anchors.put(node, ++anchorsGiven);
            }
            return;
        }
        // A place that is repeated deeper down may itself have been overruled by another value of its key.
        if (depth > limits.depthMax() && !(node instanceof Scalar)) {
            throw limit(node, "nested deeper than " + limits.depthMax() + " when written out");
        }
        switch (node) {
            case Items list -> list.items().forEach(item -> giveAnchors(item, depth + 1));
            case Mapping mapping -> mapping.members().forEach(member -> giveAnchors(member.value(), depth + 1));
            case Scalar scalar -> {}
        }
    }

    /** Python has one object for all equal numbers and texts; of others it knows whether it has met this very one. */
    private static boolean isShared(Node node) {
        return !(node instanceof Scalar scalar) || scalar.kind() == Node.Kind.TIME;
    }

    private static TextFault limit(Node node, String problem) {
        return new TextFault(TextFault.Kind.LIMIT, node.line(), node.column(), problem);
    }

    /**
     * @param indent of the list or mapping it stands in
     * @param asMember whether it stands behind a key
     */
    private void node(Node node, int indent, boolean asMember) {
        int anchor = anchors.getOrDefault(node, 0);
        if (anchor > 0) {
            boolean first = written.put(node, true) == null;
            lines.sign((first ? "&id%03d" : "*id%03d").formatted(anchor), true);
            if (!first) {
                return;
            }
        }
        switch (node) {
            case Items list when list.items().isEmpty() -> lines.sign("[]", true);
            case Items list -> items(list, asMember && !lines.isFresh() ? indent : indent + STEP);
            case Mapping mapping when mapping.members().isEmpty() -> lines.sign("{}", true);
            case Mapping mapping -> mapping.members().forEach(member -> member(member, indent + STEP));
            case Scalar scalar -> scalars.value(scalar, indent + STEP);
        }
    }

    private void items(Items list, int indent) {
        for (Node item : list.items()) {
            lines.begin(indent);
            lines.dash("-");
            node(item, indent, false);
        }
    }

    private void member(Member member, int indent) {
        lines.begin(indent);
        if (isSimple(member.key())) {
            scalars.key(member.key(), indent + STEP);
            lines.sign(":", false);
        } else {
            lines.dash("?");
            scalars.value(member.key(), indent + STEP);
            lines.begin(indent);
            lines.dash(":");
        }
        node(member.value(), indent, true);
    }

    private static boolean isSimple(Scalar key) {
        String text = key.text();
        return key.kind() != Node.Kind.TEXT
                || !text.isEmpty()
                        && text.chars().noneMatch(BlockWriter::isBreak)
                        && text.codePointCount(0, text.length()) <= KEY_LENGTH_MAX;
    }

    /** Whether YAML 1.1 ends a line with it. */
    private static boolean isBreak(int c) {
        return c == '\n' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }
}
