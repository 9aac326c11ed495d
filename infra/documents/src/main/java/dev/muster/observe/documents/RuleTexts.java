package dev.muster.observe.documents;

import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.RuleFiles;
import dev.muster.observe.Uid;
import dev.muster.observe.documents.text.Faults;
import dev.muster.observe.documents.text.TextFault;
import dev.muster.observe.documents.yaml.BlockWriter;
import dev.muster.observe.documents.yaml.Node;
import dev.muster.observe.documents.yaml.YamlLimits;
import dev.muster.observe.documents.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rule files, rewritten as PyYAML would: the programs that fetch them compare texts, so the same rules must always be
 * the same text.
 */
public final class RuleTexts implements RuleFiles {

    private final DocumentSettings settings;
    private final YamlLimits limits;

    public RuleTexts(DocumentSettings settings) {
        this.settings = settings;
        this.limits = settings.yaml(settings.rulesSizeMax());
    }

    @Override
    public RuleFile read(String yaml) {
        try {
            refuseTooLarge(yaml);
            Node.Mapping file = YamlReader.read(yaml, limits);
            String canonical = BlockWriter.write(file, limits);
            refuseTooLarge(canonical);
            String problem = Placeholders.problem(canonical);
            if (problem != null) {
                throw misplaced(file, problem);
            }
            return new RuleFile(canonical, Placeholders.any(canonical), RuleFindings.in(file, settings.findingsMax()));
        } catch (TextFault e) {
            throw Faults.refused(ObserveRefusal.RULES_INVALID, e);
        }
    }

    @Override
    public String rendered(String canonical, Uid device) {
        return Placeholders.filled(canonical, device.value());
    }

    private void refuseTooLarge(String text) {
        int sizeMax = settings.rulesSizeMax();
        if (text.length() > sizeMax || text.getBytes(StandardCharsets.UTF_8).length > sizeMax) {
            throw new TextFault(TextFault.Kind.LIMIT, 0, 0, "more than " + sizeMax + " bytes");
        }
    }

    /** The fault with the place of the first scalar that has it; none when it is due to how lines were folded. */
    private static TextFault misplaced(Node.Mapping file, String problem) {
        Node.Scalar scalar = firstMisplaced(file, Collections.newSetFromMap(new IdentityHashMap<>()));
        return new TextFault(
                TextFault.Kind.PLACEHOLDER,
                scalar == null ? 0 : scalar.line(),
                scalar == null ? 0 : scalar.column(),
                problem);
    }

    private static Node.@Nullable Scalar firstMisplaced(Node node, Set<Node> seen) {
        switch (node) {
            case Node.Scalar scalar -> {
                return Placeholders.problem(scalar.text()) == null ? null : scalar;
            }
            case Node.Items list -> {
                for (Node each : seen.add(list) ? list.items() : Collections.<Node>emptyList()) {
                    Node.Scalar found = firstMisplaced(each, seen);
                    if (found != null) {
                        return found;
                    }
                }
            }
            case Node.Mapping mapping -> {
                for (Node.Member each : seen.add(mapping) ? mapping.members() : Collections.<Node.Member>emptyList()) {
                    Node.Scalar found = firstMisplaced(each.key(), seen);
                    found = found == null ? firstMisplaced(each.value(), seen) : found;
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }
}
