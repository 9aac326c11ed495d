package dev.muster.updates.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one simulated device is, all its life.
 *
 * @param id controller id
 * @param board board name it reports
 * @param revision board revision it reports
 * @param site where it stands
 * @param flaky whether its network loses requests and cuts downloads
 * @param silent whether it falls silent now and then
 */
record DeviceProfile(String id, String board, String revision, String site, boolean flaky, boolean silent) {

    /** The board most of the fleet has, and which the demo's releases are made for. */
    static final String MAIN_BOARD = "atlas";

    private static final List<String> SITES = List.of("berlin", "lyon", "malmo", "porto", "turin");
    private static final List<String> REVISIONS = List.of("1.0", "1.1", "2.0");

    /** The device with this number, counted from 0. */
    static DeviceProfile of(SimulatorSettings settings, int number) {
        Dice dice = new Dice(settings.seed(), number);
        return new DeviceProfile(
                settings.idPrefix() + String.format(Locale.ROOT, "%05d", number + 1),
                dice.fate("board", 0.04) ? "beacon" : MAIN_BOARD,
                dice.fate("revision", REVISIONS),
                dice.fate("site", SITES),
                dice.fate("flaky", settings.troubles().flakyShare()),
                dice.fate("silent", settings.troubles().silentShare()));
    }

    Map<String, String> attributes(String version) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("hw_boardname", board);
        attributes.put("hw_revision", revision);
        attributes.put("sw_version", version);
        attributes.put("site", site);
        attributes.put("network", flaky ? "lte" : "ethernet");
        return attributes;
    }
}
