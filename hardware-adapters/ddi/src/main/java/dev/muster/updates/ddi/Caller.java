package dev.muster.updates.ddi;

/** As whom a request was let in. */
enum Caller {
    /** By the device's own token or certificate. */
    DEVICE(false),
    /** By a trusted proxy's word on the certificate's issuer. */
    CERTIFIED(true),
    /** By the tenant's gateway token: for any device. */
    GATEWAY(true),
    /** By a trust mode that asks for less, or asks someone else. */
    TRUSTED(true),
    /** Not known at all: open downloads. */
    ANYONE(false);

    /** Whether an unknown device may be registered on this caller's word. */
    final boolean mayRegister;

    Caller(boolean mayRegister) {
        this.mayRegister = mayRegister;
    }

    /** For the provenance of commands. */
    String actor(String deviceId) {
        return (this == GATEWAY ? "gateway:" : "device:") + deviceId;
    }
}
