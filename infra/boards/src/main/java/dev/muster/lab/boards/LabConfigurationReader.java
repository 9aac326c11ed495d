package dev.muster.lab.boards;

import dev.muster.kernel.Refused;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardOption;
import dev.muster.lab.LabConfiguration;
import dev.muster.lab.boards.ucl.Place;
import dev.muster.lab.boards.ucl.UclValue;
import dev.muster.registry.DeviceId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a tree as the configuration of a lab: contract §7.1. Knows no state; safe for use by many threads. */
public final class LabConfigurationReader {

    private static final Reading TOP = new Reading(null);
    private static final List<String> TOP_NAMES = List.of("setup_script", "classes", "boards", "switches");

    /** A class and what its boards say if they say nothing else. */
    private record BoardClass(Map<String, String> attributes, BoardSettings settings) {}

    /**
     * @param base directory that a relative {@code setup_script} is in; null refuses one
     * @throws Refused {@link dev.muster.lab.LabRefusal#CONFIGURATION_INVALID} with the details {@code line},
     *     {@code column} and, where there is one, {@code board} and {@code file}
     */
    public LabConfiguration read(UclValue root, @Nullable Path base) {
        Members top = new Members(TOP.section("configuration", root), TOP);
        top.onlyKnow(TOP_NAMES);
        Map<String, BoardClass> classes = classes(top);
        Map<String, Map<String, Object>> switches = switches(top);
        List<BoardDefinition> boards = boards(top, classes, new OptionReader(switches));
        Map<String, Map<String, String>> attributes = new HashMap<>();
        classes.forEach((name, each) -> attributes.put(name, each.attributes()));
        return new LabConfiguration(setupScript(top, base), attributes, boards, switches);
    }

    private static @Nullable String setupScript(Members top, @Nullable Path base) {
        String script = top.text("setup_script");
        if (script == null) {
            return null;
        }
        Place place = top.get("setup_script").place();
        if (script.startsWith("/")) {
            return script;
        }
        if (base == null) {
            throw TOP.fault(place, "'setup_script' is an absolute path.");
        }
        return base.toAbsolutePath().resolve(script).normalize().toString();
    }

    private static Map<String, BoardClass> classes(Members top) {
        Map<String, BoardClass> classes = new LinkedHashMap<>();
        named(top, "classes").forEach((name, section) -> {
            Members members = new Members(section, TOP);
            Map<String, String> attributes = new HashMap<>();
            section.members().forEach((attribute, value) -> {
                if (!BoardSettings.NAMES.contains(attribute)) {
                    attributes.put(attribute, TOP.text(attribute, value));
                }
            });
            classes.put(name, new BoardClass(Map.copyOf(attributes), BoardSettings.read(members)));
        });
        return classes;
    }

    private static Map<String, Map<String, Object>> switches(Members top) {
        Map<String, Map<String, Object>> switches = new HashMap<>();
        named(top, "switches").forEach((name, section) -> {
            Members members = new Members(section, TOP);
            switches.put(name, Map.copyOf(OptionShapes.SWITCH.read(members, Set.of())));
        });
        return switches;
    }

    /** Objects by name, from one object or several of the same key. */
    private static Map<String, UclValue.Section> named(Members top, String key) {
        Map<String, UclValue.Section> named = new LinkedHashMap<>();
        UclValue value = top.find(key);
        if (value == null) {
            return named;
        }
        boolean repeated = value instanceof UclValue.Items items && items.repeated();
        for (UclValue part : repeated ? TOP.several(value) : List.of(value)) {
            TOP.section(key, part).members().forEach((name, each) -> {
                requireName(name, each.place(), TOP);
                if (named.put(name, TOP.section(name, each)) != null) {
                    throw TOP.fault(each.place(), "'" + name + "' is given more than once.");
                }
            });
        }
        return named;
    }

    private static void requireName(String name, Place place, Reading reading) {
        if (!BoardName.isName(name)) {
            throw reading.fault(
                    place,
                    "A name has a letter or digit, then at most 63 letters, digits, dots, underscores and dashes.");
        }
    }

    private static List<BoardDefinition> boards(Members top, Map<String, BoardClass> classes, OptionReader options) {
        UclValue value = top.find("boards");
        if (value == null) {
            return List.of();
        }
        Set<String> names = new HashSet<>();
        List<BoardDefinition> boards = new ArrayList<>();
        for (UclValue each : TOP.several(value)) {
            boards.add(board(TOP.section("boards", each), names, classes, options));
        }
        return boards;
    }

    private static BoardDefinition board(
            UclValue.Section section, Set<String> names, Map<String, BoardClass> classes, OptionReader options) {
        UclValue nameValue = new Members(section, TOP).get("name");
        String name = TOP.text("name", nameValue);
        requireName(name, nameValue.place(), TOP);
        Reading reading = new Reading(name);
        if (!names.add(name)) {
            throw reading.fault(nameValue.place(), "The name is another board's too.");
        }
        if (classes.containsKey(name)) {
            throw reading.fault(nameValue.place(), "The name is a class's too.");
        }
        Members members = new Members(section, reading);
        members.onlyKnow(memberNames());
        BoardClass brdclass = brdclass(members, classes);
        BoardSettings settings = BoardSettings.read(members).over(brdclass.settings());
        if (settings.usual() > settings.longest()) {
            throw members.fault(
                    "'default_duration' is longer than 'max_duration', which is " + settings.longest() + " s.");
        }
        String device = device(members);
        FlashBacks.onlyForDevices(members, settings.flashBack(), device);
        return new BoardDefinition(
                new BoardName(name),
                reading.text("brdclass", members.get("brdclass")),
                brdclass.attributes(),
                optionsOf(members, options),
                settings.tags(),
                settings.pool(),
                settings.usual(),
                settings.longest(),
                settings.staysOn(),
                device,
                settings.flashBack());
    }

    private static Collection<String> memberNames() {
        Set<String> names = new HashSet<>(BoardSettings.NAMES);
        names.addAll(List.of("name", "brdclass", "options", "device"));
        return names;
    }

    private static BoardClass brdclass(Members members, Map<String, BoardClass> classes) {
        UclValue value = members.get("brdclass");
        BoardClass brdclass = classes.get(members.reading().text("brdclass", value));
        if (brdclass == null) {
            throw members.reading().fault(value.place(), "'brdclass' is none of the classes.");
        }
        return brdclass;
    }

    private static List<BoardOption> optionsOf(Members members, OptionReader reader) {
        List<BoardOption> options = new ArrayList<>();
        Set<String> kinds = new HashSet<>();
        for (UclValue each : members.reading().several(members.get("options"))) {
            BoardOption option = reader.read(each, members.reading());
            if (!kinds.add(option.isPower() ? "power" : option.cls())) {
                throw members.reading()
                        .fault(
                                each.place(),
                                "A board has one option for power, one console and one interface at most.");
            }
            options.add(option);
        }
        return options;
    }

    private static @Nullable String device(Members members) {
        String device = members.text("device");
        if (device == null) {
            return null;
        }
        try {
            return new DeviceId(device).value();
        } catch (Refused e) {
            throw members.reading()
                    .fault(
                            members.get("device").place(),
                            "'device': " + e.refusal().message());
        }
    }
}
