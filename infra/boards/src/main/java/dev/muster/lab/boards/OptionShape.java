package dev.muster.lab.boards;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an option of a kind may say. */
record OptionShape(String cls, List<Parameter> parameters) {

    OptionShape {
        parameters = List.copyOf(parameters);
    }

    /**
     * Reads all parameters.
     *
     * @param besides members that are no parameters
     */
    Map<String, Object> read(Members members, Set<String> besides) {
        Set<String> names = new LinkedHashSet<>(besides);
        Map<String, Object> values = new HashMap<>();
        for (Parameter parameter : parameters) {
            names.add(parameter.name());
            if (parameter.required()) {
                members.get(parameter.name());
            }
            Object value =
                    members.optional(parameter.name(), (name, written) -> parameter.read(written, members.reading()));
            if (value != null) {
                values.put(parameter.name(), value);
            }
        }
        members.onlyKnow(names);
        return values;
    }

    /** The parameters without secrets. */
    Map<String, Object> withoutSecrets(Map<String, Object> values) {
        Map<String, Object> shown = new HashMap<>(values);
        parameters.stream().filter(Parameter::secret).map(Parameter::name).forEach(shown::remove);
        return shown;
    }
}
