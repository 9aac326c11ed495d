package dev.muster.lab.boards;

import static dev.muster.lab.boards.Parameter.numbers;
import static dev.muster.lab.boards.Parameter.of;
import static dev.muster.lab.boards.Parameter.oneOf;
import static dev.muster.lab.boards.Parameter.program;
import static dev.muster.lab.boards.Parameter.seconds;
import static dev.muster.lab.boards.Parameter.text;
import static dev.muster.lab.boards.Parameter.truth;
import static dev.muster.lab.boards.Parameter.whole;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Every kind of option with its parameters, contract §8. A secret is marked as such beside its name, and only here. */
final class OptionShapes {

    private static final Predicate<String> IS_OID =
            Pattern.compile("\\.?\\d{1,10}(\\.(\\d{1,10}|\\*)){1,127}").asMatchPredicate();
    private static final Predicate<String> IS_FORMAT =
            Pattern.compile("[5-8][NOEMSnoems][12]").asMatchPredicate();
    private static final Predicate<String> IS_PATH = text -> text.startsWith("/");

    /** SNMP version 3 derives no keys from less. */
    private static final int PASS_PHRASE_LENGTH_MIN = 8;

    private static final Set<String> PROFILES = Set.of(
            "poe",
            "netgear",
            "apc-masterswitch",
            "apc-masterswitch-plus",
            "apc-rpdu",
            "raritan-pdu2",
            "eaton-epdu",
            "servertech-sentry3",
            "servertech-sentry4",
            "gude-epc",
            "aten",
            "cyberpower",
            "teltronix",
            "baytech-mrp27",
            "vertiv-geist",
            "fake",
            "custom");

    /** How any outlet likes to be switched. */
    private static final List<Parameter> MANNER =
            List.of(of("verify", truth()), of("settle", seconds(0, 60)), of("cycle_delay", seconds(0, 60)));

    /** How a switch is reached, who asks, and what it is: in an option, or once in a switch that options refer to. */
    private static final List<Parameter> SNMP = List.of(
            of("udp_port", whole(1, 65_535)),
            of("version", oneOf(Set.of("1", "2", "2c", "3"))),
            of("community", text()).hidden(),
            of("read_community", text()).hidden(),
            of("user", text()),
            of("auth", oneOf(Set.of("SHA", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512", "MD5"))),
            of("auth_pass", passPhrase()).hidden(),
            of("priv", oneOf(Set.of("AES", "AES-128", "AES-192", "AES-256", "DES"))),
            of("priv_pass", passPhrase()).hidden(),
            of("context", text()),
            of("profile", oneOf(PROFILES)),
            of("group", whole(0, Integer.MAX_VALUE)),
            of("pdu", whole(0, Integer.MAX_VALUE)),
            of("unit", whole(0, Integer.MAX_VALUE)),
            of("tower", whole(0, Integer.MAX_VALUE)),
            of("infeed", whole(0, Integer.MAX_VALUE)),
            of("cord", whole(0, Integer.MAX_VALUE)),
            of("product", whole(0, Integer.MAX_VALUE)),
            of("oid", text(IS_OID, "is an object identifier, with '*' for the outlet")),
            of("on", whole(Integer.MIN_VALUE, Integer.MAX_VALUE)),
            of("off", whole(Integer.MIN_VALUE, Integer.MAX_VALUE)),
            of("status_oid", text(IS_OID, "is an object identifier, with '*' for the outlet")),
            of("status_on", numbers()),
            of("status_off", numbers()),
            of("timeout", seconds(0.05, 30)),
            of("retries", whole(0, 10)),
            of("latency", seconds(0, 60)),
            of("initial", truth()),
            of("fail", text()));

    static final OptionShape SWITCH =
            shape("switch", List.of(SNMP, MANNER), of("address", text()).mandatory());

    private static final Map<String, OptionShape> BY_CLS = byCls(
            shape("etheriface", List.of(), of("val", text()).mandatory()),
            shape(
                    "serialconsole",
                    List.of(),
                    of("val", text()).mandatory(),
                    of("baud", whole(50, 4_000_000)),
                    of("format", text(IS_FORMAT, "is written like 8N1")),
                    of("lock", truth())),
            shape(
                    "snmppower",
                    List.of(SNMP, MANNER),
                    of("host", text()).mandatory(),
                    of("port", whole(0, Integer.MAX_VALUE)).mandatory()),
            shape(
                    "gpiopower",
                    List.of(MANNER),
                    of("chip", text()),
                    of("line", whole(0, 65_535)),
                    of("sysfs", text(IS_PATH, "is an absolute path")),
                    of("number", whole(0, Integer.MAX_VALUE)),
                    of("active_low", truth())),
            shape(
                    "commandpower",
                    List.of(MANNER),
                    of("on", program()).mandatory(),
                    of("off", program()).mandatory(),
                    of("read", program()),
                    of("host", text())));

    private OptionShapes() {}

    /** By {@code cls}. */
    static Map<String, OptionShape> all() {
        return BY_CLS;
    }

    private static Parameter.Type passPhrase() {
        return text(
                phrase -> phrase.length() >= PASS_PHRASE_LENGTH_MIN,
                "has at least " + PASS_PHRASE_LENGTH_MIN + " characters");
    }

    private static OptionShape shape(String cls, List<List<Parameter>> shared, Parameter... own) {
        List<Parameter> all = new ArrayList<>(List.of(own));
        shared.forEach(all::addAll);
        return new OptionShape(cls, all);
    }

    private static Map<String, OptionShape> byCls(OptionShape... shapes) {
        Map<String, OptionShape> all = new LinkedHashMap<>();
        for (OptionShape shape : shapes) {
            all.put(shape.cls(), shape);
        }
        return Collections.unmodifiableMap(all);
    }
}
