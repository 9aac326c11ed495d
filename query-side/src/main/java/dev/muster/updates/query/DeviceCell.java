package dev.muster.updates.query;

/** The place of one device in the index. The fold replaces the state; readers take whatever stands there. */
final class DeviceCell {

    volatile DeviceState state;

    DeviceCell(DeviceState state) {
        this.state = state;
    }
}
