package dev.muster.lab.power;

import static dev.muster.lab.power.OutletModel.controlled;
import static dev.muster.lab.power.OutletModel.same;
import static dev.muster.lab.power.OutletModel.switched;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The models of switch that are known by name (contract §8.1). Sources: RFC 3621 for PoE, else the vendors' public MIBs;
 * the object's name stands beside each.
 */
final class OutletModels {

    static final String DEFAULT = "poe";

    private static final String ENTERPRISES = "1.3.6.1.4.1.";
    /** pethPsePortEntry. */
    private static final String POE = "1.3.6.1.2.1.105.1.1.1.";

    /**
     * pethPsePortAdminEnable says what is allowed; pethPsePortDetectionStatus 4 (fault) and 6 (otherFault) say that the
     * switch does not deliver in spite of it. A board that is unplugged stays "searching", which is no fault.
     */
    private static final OutletModel POE_PORT =
            same(POE + "3.{group=1}.{port}", 1, 2).cutAt(POE + "6.{group=1}.{port}", 4, 6);

    private static final Map<String, OutletModel> MODELS = Map.ofEntries(
            Map.entry(DEFAULT, POE_PORT),
            Map.entry("netgear", POE_PORT),
            // sPDUOutletCtl
            Map.entry("apc-masterswitch", same(ENTERPRISES + "318.1.1.4.4.2.1.3.{port}", 1, 2)),
            Map.entry("apc-masterswitch-plus", same(ENTERPRISES + "318.1.1.6.5.1.1.5.{port}", 1, 3)),
            // rPDUOutletControlOutletCommand
            Map.entry("apc-rpdu", same(ENTERPRISES + "318.1.1.12.3.3.1.1.4.{port}", 1, 2)),
            // switchingOperation, outletSwitchingState
            Map.entry(
                    "raritan-pdu2",
                    controlled(ENTERPRISES + "13742.6.4.1.2.1.2.{pdu=1}.{port}", 1, 0)
                            .told(ENTERPRISES + "13742.6.4.1.2.1.3.{pdu=1}.{port}", 7, 8)),
            // outletControlOnCmd, outletControlOffCmd: the number is a delay in seconds; outletControlStatus
            Map.entry(
                    "eaton-epdu",
                    switched(
                                    ENTERPRISES + "534.6.6.7.6.6.1.4.{unit=0}.{port}",
                                    0,
                                    ENTERPRISES + "534.6.6.7.6.6.1.3.{unit=0}.{port}",
                                    0)
                            .told(ENTERPRISES + "534.6.6.7.6.6.1.2.{unit=0}.{port}", 1, 0)),
            // outletControlAction, outletStatus
            Map.entry(
                    "servertech-sentry3",
                    controlled(ENTERPRISES + "1718.3.2.3.1.11.{tower=1}.{infeed=1}.{port}", 1, 2)
                            .told(ENTERPRISES + "1718.3.2.3.1.5.{tower=1}.{infeed=1}.{port}", 1, 0)),
            // st4OutletControlAction, st4OutletControlState
            Map.entry(
                    "servertech-sentry4",
                    controlled(ENTERPRISES + "1718.4.1.8.5.1.2.{unit=1}.{cord=1}.{port}", 1, 2)
                            .told(ENTERPRISES + "1718.4.1.8.5.1.1.{unit=1}.{cord=1}.{port}", 11, 10)),
            // PortState; the product is a number of its own, 87 for the 8045
            Map.entry("gude-epc", same(ENTERPRISES + "28507.{product=87}.1.3.1.2.1.3.{port}", 1, 0)),
            Map.entry("aten", same(ENTERPRISES + "21317.1.3.2.2.2.2.{port}.0", 2, 1)),
            // ePDUOutletControlOutletCommand
            Map.entry("cyberpower", same(ENTERPRISES + "3808.1.1.3.3.3.1.1.4.{port}", 1, 2)),
            Map.entry("teltronix", same(ENTERPRISES + "23620.1.2.2.1.4.{port}", 2, 1)),
            Map.entry("baytech-mrp27", same(ENTERPRISES + "4779.1.3.5.3.1.3.{unit=1}.{port}", 1, 0)),
            Map.entry(
                    "vertiv-geist",
                    controlled(ENTERPRISES + "21239.5.2.3.5.1.6.{port}", 2, 4)
                            .told(ENTERPRISES + "21239.5.2.3.5.1.4.{port}", 1, 2)));

    private OutletModels() {}

    /** The model that these parameters name, or describe themselves. */
    static OutletModel of(Parameters given, String name) {
        if (name.equals("custom")) {
            return custom(given);
        }
        OutletModel model = MODELS.get(name);
        if (model == null) {
            throw given.wrong(
                    "profile",
                    "must be one of custom, fake, "
                            + String.join(
                                    ", ", MODELS.keySet().stream().sorted().toList()));
        }
        return model;
    }

    static Set<String> names() {
        return MODELS.keySet();
    }

    private static OutletModel custom(Parameters given) {
        int on = given.number("on", Integer.MIN_VALUE, Integer.MAX_VALUE);
        int off = given.number("off", Integer.MIN_VALUE, Integer.MAX_VALUE);
        Set<Integer> isOn = orElse(given.numbers("status_on"), on);
        Set<Integer> isOff = orElse(given.numbers("status_off"), off);
        if (isOn.stream().anyMatch(isOff::contains)) {
            throw given.wrong("status_on", "and 'status_off' must not share a number");
        }
        String oid = pattern(given.required("oid"));
        String member = given.has("status_oid") ? "status_oid" : "oid";
        try {
            return controlled(oid, on, off).told(pattern(given.required(member)), isOn, isOff);
        } catch (IllegalArgumentException e) {
            throw given.wrong(member, "and 'oid' must be object identifiers, with * for the outlet");
        }
    }

    private static Set<Integer> orElse(@Nullable Set<Integer> numbers, int single) {
        return numbers == null ? Set.of(single) : numbers;
    }

    private static String pattern(String oid) {
        return oid.replace("*", "{port}");
    }
}
