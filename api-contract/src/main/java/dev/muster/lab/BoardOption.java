package dev.muster.lab;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One thing a board has, as it is configured.
 *
 * @param cls {@code etheriface}, {@code serialconsole}, {@code snmppower}, {@code gpiopower} or {@code commandpower}
 * @param parameters the other members, texts, whole numbers, booleans and lists of texts; in history without secrets
 */
public record BoardOption(String cls, Map<String, Object> parameters) {

    public BoardOption {
        parameters = Map.copyOf(parameters);
    }

    @JsonIgnore
    public boolean isPower() {
        return cls.endsWith("power");
    }

    @JsonIgnore
    public boolean isConsole() {
        return cls.equals("serialconsole");
    }

    @JsonIgnore
    public boolean isEther() {
        return cls.equals("etheriface");
    }

    /** Without values, for among them may be secrets. */
    @Override
    public String toString() {
        return "BoardOption[" + cls + ", " + new TreeSet<>(parameters.keySet()) + "]";
    }

    /** A parameter as text, or null. */
    public @Nullable String text(String name) {
        Object value = parameters.get(name);
        return value == null ? null : value.toString();
    }
}
