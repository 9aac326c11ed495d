package dev.muster.updates.query;

/** A compiled part of a filter. Free of side effects and safe on any thread. */
@FunctionalInterface
interface Term {

    Term ALL = (device, sightings) -> true;

    boolean holds(DeviceState device, Sightings sightings);

    default Term not() {
        return (device, sightings) -> !holds(device, sightings);
    }
}
