package dev.muster.updates.bundles;

import java.nio.ByteBuffer;

/** Hears what a {@link CpioReader} finds, in the order of the archive. May throw {@link dev.muster.kernel.Refused}. */
interface CpioListener {

    /** A file starts. */
    void started(CpioEntry entry);

    /** The next bytes of that file; the listener may consume the buffer, but must not keep it. */
    void content(ByteBuffer bytes);

    /** The file is complete and its sum, if it has one, is right. */
    void ended(CpioEntry entry);
}
