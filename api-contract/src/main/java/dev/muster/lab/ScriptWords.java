package dev.muster.lab;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where what setup scripts said is kept, outside of history. Never blocks the caller. */
public interface ScriptWords {

    /** Of one run, in UTF-8; of more the end is kept, for it says what went wrong. */
    int BYTES_MAX = 64 << 10;

    /** Answers the name to read it by: a SHA-256 digest, 64 lower-case hex digits. */
    CompletableFuture<String> keep(String words);

    /** Empty when nothing is kept under that name, or something that is no script's words. */
    CompletableFuture<Optional<String>> read(String digest);
}
