package io.liftstream.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fields of a file that the classes of its kind do not know. Jackson does not report them:
 * those of Kubernetes keep them in a map called {@code additionalProperties}, those of the operator
 * drop them.
 */
final class UnknownFields {
    private static final String MODELS = "io.fabric8.kubernetes.api.model.";
    private static final String OPERATOR = "org.apache.flink.kubernetes.operator.api.";

    private final Set<String> unknown = new TreeSet<>();

    private UnknownFields() {}

    /**
     * @param written as in the file
     * @param resource what was read of it
     */
    static Set<String> of(JsonNode written, Object resource) {
        UnknownFields fields = new UnknownFields();
        fields.search(resource);
        fields.searchDropped(written, new ObjectMapper().valueToTree(resource));
        return fields.unknown;
    }

    private void searchDropped(JsonNode written, JsonNode kept) {
        for (Map.Entry<String, JsonNode> field : written.properties()) {
            if (kept.has(field.getKey())) {
                searchDropped(field.getValue(), kept.get(field.getKey()));
            } else {
                unknown.add(field.getKey());
            }
        }
        for (int i = 0; i < written.size() && written.isArray(); i++) {
            searchDropped(written.get(i), kept.path(i));
        }
    }

    private void search(Object value) {
        if (value instanceof Collection<?> items) {
            items.forEach(this::search);
        } else if (value instanceof Map<?, ?> entries) {
            entries.values().forEach(this::search);
        } else if (value != null && !(value instanceof Enum<?>) && isModel(value.getClass())) {
            searchProperties(value);
        }
    }

    private static boolean isModel(Class<?> type) {
        return type.getName().startsWith(MODELS) || type.getName().startsWith(OPERATOR);
    }

    private void searchProperties(Object model) {
        try {
            for (PropertyDescriptor property :
                    Introspector.getBeanInfo(model.getClass(), Object.class)
                            .getPropertyDescriptors()) {
                if (property.getReadMethod() == null) {
                    continue;
                }
                Object value = property.getReadMethod().invoke(model);
                if (property.getName().equals("additionalProperties")) {
                    ((Map<?, ?>) value).keySet().forEach(name -> unknown.add(name.toString()));
                } else {
                    search(value);
                }
            }
        } catch (IntrospectionException | ReflectiveOperationException unreadable) {
            throw new AssertionError(model.getClass().getName(), unreadable);
        }
    }
}
