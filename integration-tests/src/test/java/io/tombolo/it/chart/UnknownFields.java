package io.tombolo.it.chart;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Finds what the types of the API keep aside because they have no field for it. */
final class UnknownFields {
    private static final String MODEL = "io.fabric8.kubernetes.api.model";

    private final List<String> found = new ArrayList<>();

    /** @return the paths of such fields */
    List<String> in(Object object) throws ReflectiveOperationException {
        look("", object);
        return found;
    }

    private void look(String path, Object value) throws ReflectiveOperationException {
        switch (value) {
            case Collection<?> list -> {
                for (Object item : list) {
                    look(path + "[]", item);
                }
            }
            case Map<?, ?> map -> {
                for (var entry : map.entrySet()) {
                    look(path + "." + entry.getKey(), entry.getValue());
                }
            }
            default -> {
                if (value.getClass().getName().startsWith(MODEL)
                        && !value.getClass().isEnum()) {
                    lookInto(path, value);
                }
            }
        }
    }

    private void lookInto(String path, Object value) throws ReflectiveOperationException {
        for (Method method : value.getClass().getMethods()) {
            if (!method.getName().startsWith("get") || method.getParameterCount() > 0) {
                continue;
            }
            Object part = method.invoke(value);
            String name = method.getName().substring(3);
            if (name.equals("AdditionalProperties") && part instanceof Map<?, ?> aside) {
                aside.keySet().forEach(key -> found.add(path + "." + key));
            } else if (part != null && !name.equals("Class")) {
                look(path + "." + name, part);
            }
        }
    }
}
