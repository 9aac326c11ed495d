package dev.muster.store;

import java.nio.file.Path;

/** Opens a store, says so, and holds it until its input ends. */
final class LockHolder {

    private LockHolder() {}

    public static void main(String[] arguments) throws Exception {
        try (EmbeddedStore store = Samples.open(Path.of(arguments[0]))) {
            System.out.println("holding " + store.committed());
            System.in.read();
        }
    }
}
