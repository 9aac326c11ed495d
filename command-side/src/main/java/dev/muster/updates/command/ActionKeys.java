package dev.muster.updates.command;

import dev.muster.registry.DeviceId;

/** Names of timers that belong to one action of one device. */
record ActionKeys(DeviceId device, int action) {

    static String of(DeviceId device, int action) {
        return device + "/" + action;
    }

    static ActionKeys parse(String key) {
        int slash = key.lastIndexOf('/');
        return new ActionKeys(new DeviceId(key.substring(0, slash)), Integer.parseInt(key.substring(slash + 1)));
    }
}
