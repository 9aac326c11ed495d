package dev.muster.server.command;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Names of commands as people read them: {@code registry.RegisterDevice}. */
public final class CommandNames {

    private static final Map<Class<?>, String> NAMES = new ConcurrentHashMap<>();

    private CommandNames() {}

    public static String of(Class<?> command) {
        return NAMES.computeIfAbsent(command, type -> {
            String[] parts = type.getPackageName().split("\\.");
            return parts[parts.length - 1] + "." + type.getSimpleName();
        });
    }
}
