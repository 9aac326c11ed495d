package dev.muster.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Records that are like another one but for what is named: settings have many components, a test means one or two. */
public final class Changed {

    private Changed() {}

    /**
     * A copy of the record with other components.
     *
     * @param namesAndValues a component's name, its value, the next name …
     * @throws IllegalArgumentException when there is no such component
     */
    @SuppressWarnings("unchecked")
    public static <R extends Record> R copy(R record, Object... namesAndValues) {
        Map<Object, Object> changes = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            changes.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                String name = components[i].getName();
                values[i] = changes.containsKey(name)
                        ? changes.remove(name)
                        : components[i].getAccessor().invoke(record);
            }
            if (!changes.isEmpty()) {
                throw new IllegalArgumentException(
                        record.getClass().getSimpleName() + " has no component " + changes.keySet());
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return (R) record.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(String.valueOf(e.getCause()), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
