package dev.muster.observe.documents.yaml;

import java.util.List;

/**
 * A value in a document. A list or mapping that the document repeats by an alias is one and the same object at each of
 * its places, so nodes are told apart by identity; no node contains itself.
 */
public sealed interface Node {

    /** Where it begins, from 1. */
    int line();

    /** Where it begins, from 1, in characters. */
    int column();

    /**
     * @param text what a text says; of other kinds, how they are written
     * @param same equal for scalars that are the same key of a mapping: {@code 1}, {@code 1.0} and {@code true} are
     */
    record Scalar(Kind kind, String text, Object same, int line, int column) implements Node {}

    record Items(List<Node> items, int line, int column) implements Node {}

    record Mapping(List<Member> members, int line, int column) implements Node {}

    record Member(Scalar key, Node value) {}

    /** What YAML 1.1 takes a scalar for. */
    enum Kind {
        NULL,
        TRUTH,
        WHOLE,
        REAL,
        TIME,
        TEXT,
        /** A plain {@code <<}: what stands behind it is merged into the mapping. */
        MERGE,
        /** A plain {@code =}, which means nothing today. */
        DEFAULT
    }
}
