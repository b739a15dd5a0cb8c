package dev.davit.repl;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an expression that is not to be run: its type, and its value if it is that of a variable.
 *
 * @param value of a class that is meant itself, the class
 */
record Known(Type type, @Nullable Object value) {

    static Known ofType(Type type) {
        return new Known(type, null);
    }

    static Known ofValue(Object value) {
        return new Known(value.getClass(), value);
    }

    /** The class whose members there are. */
    Class<?> raw() {
        return value == null || value instanceof Class ? raw(type) : value.getClass();
    }

    static Class<?> raw(Type type) {
        if (type instanceof Class<?> c) {
            return c;
        }
        if (type instanceof ParameterizedType parameterized) {
            return raw(parameterized.getRawType());
        }
        return type instanceof WildcardType wildcard ? raw(wildcard.getUpperBounds()[0]) : Object.class;
    }

    boolean isListOrMap() {
        return List.class.isAssignableFrom(raw()) || Map.class.isAssignableFrom(raw());
    }

    /** The element of a list, or the value of a map. */
    Known element() {
        if (value instanceof List<?> list && !list.isEmpty() && list.get(0) != null) {
            return ofType(list.get(0).getClass());
        }
        return argument(Map.class.isAssignableFrom(raw()) ? 1 : 0);
    }

    private Known argument(int index) {
        return type instanceof ParameterizedType p && index < p.getActualTypeArguments().length
                ? ofType(p.getActualTypeArguments()[index]) : ofType(Object.class);
    }

    /** The type that a method gives, with the variables that this is a list or a map of put in. */
    Known result(Type given, Type declaredBy) {
        if (!(given instanceof TypeVariable<?> variable)) {
            return ofType(given);
        }
        // The method is declared by List<E>, or takes a List<T> as what it is called on.
        Type[] names = declaredBy instanceof ParameterizedType p ? p.getActualTypeArguments()
                : raw(declaredBy).getTypeParameters();
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(variable)) {
                return value instanceof List ? element() : argument(i);
            }
        }
        return ofType(Object.class);
    }
}
