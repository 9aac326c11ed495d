package dev.muster.updates.query;

import dev.muster.updates.DeviceView;

/** When devices were last heard and what to make of it, as of one moment: all answers of one question agree. */
interface Sightings {

    long NEVER = Long.MIN_VALUE;

    /** Epoch milliseconds, or {@link #NEVER}. */
    long lastSeen(DeviceState device);

    DeviceView.Presence presence(DeviceState device);

    /** What a view says of itself. */
    static Sightings of(DeviceView view) {
        long at = view.lastSeen() == null ? NEVER : view.lastSeen().toEpochMilli();
        return new Sightings() {
            @Override
            public long lastSeen(DeviceState device) {
                return at;
            }

            @Override
            public DeviceView.Presence presence(DeviceState device) {
                return view.presence();
            }
        };
    }
}
