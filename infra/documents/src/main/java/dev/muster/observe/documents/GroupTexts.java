package dev.muster.observe.documents;

import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.RuleFiles.Finding;
import dev.muster.observe.RuleGroups;
import dev.muster.observe.documents.text.Faults;
import dev.muster.observe.documents.text.TextFault;
import dev.muster.observe.documents.yaml.BlockWriter;
import dev.muster.observe.documents.yaml.Node;
import dev.muster.observe.documents.yaml.Node.Items;
import dev.muster.observe.documents.yaml.Node.Kind;
import dev.muster.observe.documents.yaml.Node.Mapping;
import dev.muster.observe.documents.yaml.Node.Member;
import dev.muster.observe.documents.yaml.Node.Scalar;
import dev.muster.observe.documents.yaml.YamlLimits;
import dev.muster.observe.documents.yaml.YamlReader;
import java.util.List;

/**
 * The groups of rendered rule files. A device's uid was put in as it is, so a file that was fine may be none now; then
 * it is refused. What the file repeats by aliases is written out, as names of anchors would clash with those of others.
 */
public final class GroupTexts implements RuleGroups {

    private static final String HEAD = "groups:\n";

    private final DocumentSettings settings;
    private final YamlLimits limits;

    public GroupTexts(DocumentSettings settings) {
        this.settings = settings;
        this.limits = settings.yaml(settings.renderedSizeMax());
    }

    @Override
    public String of(String rules, String prefix) {
        try {
            if (rules.length() > settings.renderedSizeMax()) {
                throw new TextFault(
                        TextFault.Kind.LIMIT, 0, 0, "more than " + settings.renderedSizeMax() + " characters");
            }
            Mapping file = YamlReader.read(rules, limits);
            List<Finding> findings = RuleFindings.in(file, 1);
            if (!findings.isEmpty()) {
                Finding finding = findings.getFirst();
                throw ObserveRefusal.RULES_INVALID.because(finding.path() + ": " + finding.message());
            }
            return groups(file, prefix);
        } catch (TextFault e) {
            throw Faults.refused(ObserveRefusal.RULES_INVALID, e);
        }
    }

    private String groups(Mapping file, String prefix) {
        for (Member member : file.members()) {
            if (member.value() instanceof Items(var items, var line, var column) && !items.isEmpty()) {
                List<Node> named =
                        items.stream().map(group -> named(group, prefix)).toList();
                Member groups = new Member(member.key(), new Items(named, line, column));
                String text = BlockWriter.writeWithoutAliases(new Mapping(List.of(groups), line, column), limits);
                return text.substring(HEAD.length()) + "\n";
            }
        }
        return "";
    }

    /** The group with the prefix before its name. */
    private static Node named(Node node, String prefix) {
        Mapping group = (Mapping) node;
        List<Member> members = group.members().stream()
                .map(member -> member.key().text().equals("name") && member.value() instanceof Scalar name
                        ? new Member(member.key(), prefixed(name, prefix))
                        : member)
                .toList();
        return new Mapping(members, group.line(), group.column());
    }

    private static Scalar prefixed(Scalar name, String prefix) {
        String text = prefix + name.text();
        return new Scalar(Kind.TEXT, text, text, name.line(), name.column());
    }
}
