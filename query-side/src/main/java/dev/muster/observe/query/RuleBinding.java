package dev.muster.observe.query;

import dev.muster.kernel.Refused;
import dev.muster.observe.Documents.Document;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.RuleFiles;
import dev.muster.observe.RuleGroups;
import dev.muster.observe.Uid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Binds rule files into one book. Whoever loads the book loads all of it or nothing, so a file that could not be
 * loaded by itself stays outside, and a comment at the top says which and why.
 */
final class RuleBinding {

    private static final int FAULTS_NAMED_MAX = 100;
    private static final int REASON_LENGTH_MAX = 300;

    private final RuleFiles files;
    private final RuleGroups groups;

    RuleBinding(RuleFiles files, RuleGroups groups) {
        this.files = files;
        this.groups = groups;
    }

    /**
     * A rule file as it goes into the book.
     *
     * @param device whom it is rendered for, null for a file that is the same for all
     */
    record Leaf(Document file, @Nullable Uid device) {

        /** Uids have no slash, so no two leaves have names in common. */
        String prefix() {
            return file.uid() + "/" + (device == null ? "" : device + "/");
        }
    }

    /** What decides how a leaf reads: the same content for the same device is the same text. */
    record Key(String sha256, String prefix) {

        static Key of(Leaf leaf) {
            return new Key(leaf.file().content().sha256(), leaf.prefix());
        }
    }

    /** A leaf's groups as YAML, or why it stays outside. */
    sealed interface Text {

        int length();

        record Groups(String yaml) implements Text {

            @Override
            public int length() {
                return yaml.length();
            }
        }

        record Fault(String reason) implements Text {

            @Override
            public int length() {
                return reason.length();
            }
        }
    }

    /** What the texts of one book may have together. For one thread at a time. */
    static final class Room {

        private final int charsMax;
        private long chars;

        Room(int charsMax) {
            this.charsMax = charsMax;
        }

        void take(Text text) {
            chars += text.length();
            if (chars > charsMax) {
                throw ObserveRefusal.TOO_MANY.because(
                        "The rules rendered for all devices have more than " + charsMax + " characters.",
                        Map.of("limit", charsMax));
            }
        }
    }

    /** The texts of leaves with the same content. */
    Map<Key, Text> texts(List<Leaf> leaves, String canonical, Room room) {
        Map<Key, Text> texts = HashMap.newHashMap(leaves.size());
        for (Leaf leaf : leaves) {
            Text text = text(leaf, canonical);
            room.take(text);
            texts.put(Key.of(leaf), text);
        }
        return texts;
    }

    /** @param texts of each leaf */
    RuleBook bound(List<Leaf> leaves, Map<Key, Text> texts) {
        List<String> parts = new ArrayList<>();
        Map<Uid, List<String>> faults = new LinkedHashMap<>();
        for (Leaf leaf : leaves) {
            switch (Objects.requireNonNull(texts.get(Key.of(leaf)))) {
                case Text.Groups(String yaml) -> parts.add(yaml);
                case Text.Fault(String reason) ->
                    faults.computeIfAbsent(leaf.file().uid(), uid -> new ArrayList<>())
                            .add(reason);
            }
        }
        boolean empty = parts.stream().allMatch(String::isEmpty);
        parts.addFirst(head(faults) + (empty ? "groups: []\n" : "groups:\n"));
        return RuleBook.of(parts);
    }

    private Text text(Leaf leaf, String canonical) {
        Uid device = leaf.device();
        if (device != null && !UidInRules.fits(device)) {
            return new Text.Fault("the uid '" + device + "' has characters that would change the rules");
        }
        try {
            return new Text.Groups(
                    groups.of(device == null ? canonical : files.rendered(canonical, device), leaf.prefix()));
        } catch (Refused refused) {
            return new Text.Fault(refused.refusal().message());
        }
    }

    private static String head(Map<Uid, List<String>> faults) {
        StringBuilder head = new StringBuilder("# Alert rules from Muster, rendered for each device that uses them.\n");
        int named = 0;
        for (Map.Entry<Uid, List<String>> each : faults.entrySet()) {
            if (named++ == FAULTS_NAMED_MAX) {
                head.append("# left out: ")
                        .append(faults.size() - FAULTS_NAMED_MAX)
                        .append(" more files\n");
                break;
            }
            List<String> reasons = each.getValue();
            head.append("# left out: \"")
                    .append(onOneLine(each.getKey().value()))
                    .append(reasons.size() == 1 ? "\": " : "\" for " + reasons.size() + " devices: ")
                    .append(onOneLine(reasons.getFirst()))
                    .append('\n');
        }
        return head.toString();
    }

    /** A uid and a parser's words may hold anything; what would end the comment or is no YAML text is written out. */
    private static String onOneLine(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(REASON_LENGTH_MAX).forEach(c -> {
            if (Character.isISOControl(c)
                    || c == 0x2028
                    || c == 0x2029
                    || c == 0xFEFF
                    || c >= 0xD800 && c <= 0xDFFF
                    || c >= 0xFFFE && c <= 0xFFFF) {
                line.append("\\u%04x".formatted(c));
            } else {
                line.appendCodePoint(c);
            }
        });
        return line.toString();
    }
}
