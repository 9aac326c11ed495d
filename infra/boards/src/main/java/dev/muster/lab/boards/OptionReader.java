package dev.muster.lab.boards;

import dev.muster.lab.BoardOption;
import dev.muster.lab.boards.ucl.UclValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the options of boards.
 *
 * @param switches what a host may refer to
 */
record OptionReader(Map<String, Map<String, Object>> switches) {

    BoardOption read(UclValue value, Reading reading) {
        Members members = new Members(reading.section("options", value), reading);
        UclValue clsValue = members.get("cls");
        String cls = reading.text("cls", clsValue);
        OptionShape shape = OptionShapes.all().get(cls);
        if (shape == null) {
            throw reading.fault(
                    clsValue.place(),
                    "There is no option of this 'cls', only "
                            + String.join(", ", OptionShapes.all().keySet()) + ".");
        }
        Map<String, Object> parameters = shape.read(members, Set.of("cls"));
        switch (cls) {
            case "snmppower" -> checkSnmp(parameters, members);
            case "gpiopower" -> checkGpio(parameters, members);
            default -> {}
        }
        return new BoardOption(cls, parameters);
    }

    /** What one parameter asks of another; what the switch says counts too. */
    private void checkSnmp(Map<String, Object> own, Members members) {
        Map<String, Object> all = new HashMap<>(switches.getOrDefault(String.valueOf(own.get("host")), Map.of()));
        all.putAll(own);
        if ("3".equals(all.get("version"))) {
            needs(all, members, "version", "user");
        }
        // A pass phrase alone means the protocol that contract §8.1 names first.
        needs(all, members, "auth", "auth_pass");
        needs(all, members, "priv", "priv_pass");
        needs(all, members, "priv_pass", "auth_pass");
        if ("custom".equals(all.get("profile"))) {
            List.of("oid", "on", "off").forEach(each -> needs(all, members, "profile", each));
        }
    }

    private static void checkGpio(Map<String, Object> all, Members members) {
        if (all.containsKey("chip") == all.containsKey("number")) {
            throw members.fault("A gpiopower has either 'chip' and 'line', or 'number' and perhaps 'sysfs'.");
        }
        needs(all, members, "chip", "line");
        needs(all, members, "line", "chip");
        needs(all, members, "sysfs", "number");
    }

    private static void needs(Map<String, Object> all, Members members, String one, String other) {
        if (all.containsKey(one) && !all.containsKey(other)) {
            throw members.fault("'" + one + "' needs '" + other + "' beside it.");
        }
    }
}
