package dev.muster.lab.power;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one model of switch is driven: which object turns an outlet on, which off, which tells how it is, and what its
 * numbers mean. A number in neither set is neither on nor off.
 *
 * @param load where the switch tells that it cut the power by itself, null if nowhere; {@code cut} are those numbers
 */
record OutletModel(
        Write on,
        Write off,
        OidPattern status,
        Set<Integer> statusOn,
        Set<Integer> statusOff,
        @Nullable OidPattern load,
        Set<Integer> cut) {

    record Write(OidPattern oid, int value) {}

    OutletModel {
        statusOn = Set.copyOf(statusOn);
        statusOff = Set.copyOf(statusOff);
        cut = Set.copyOf(cut);
    }

    /** One object that is written and read with the same numbers. */
    static OutletModel same(String oid, int on, int off) {
        return controlled(oid, on, off).told(oid, on, off);
    }

    /** One object that is written; how the outlet is must still be {@link #told}. */
    static OutletModel controlled(String oid, int on, int off) {
        return switched(oid, on, oid, off);
    }

    /** Two objects, one to turn it on and one to turn it off. */
    static OutletModel switched(String onOid, int on, String offOid, int off) {
        OidPattern pattern = new OidPattern(onOid);
        return new OutletModel(
                new Write(pattern, on),
                new Write(new OidPattern(offOid), off),
                pattern,
                Set.of(),
                Set.of(),
                null,
                Set.of());
    }

    OutletModel told(String oid, int isOn, int isOff) {
        return told(oid, Set.of(isOn), Set.of(isOff));
    }

    OutletModel told(String oid, Set<Integer> isOn, Set<Integer> isOff) {
        return new OutletModel(on, off, new OidPattern(oid), isOn, isOff, load, cut);
    }

    OutletModel cutAt(String oid, Integer... numbers) {
        return new OutletModel(on, off, status, statusOn, statusOff, new OidPattern(oid), Set.of(numbers));
    }
}
