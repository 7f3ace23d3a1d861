package io.tombolo.terraform.cty;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What values an attribute may have. */
public sealed interface CtyType {
    /** Types without parts. {@link #DYNAMIC}: whatever the value itself says. */
    enum Primitive implements CtyType {
        STRING,
        NUMBER,
        BOOL,
        DYNAMIC
    }

    /** Any number of values of one type, in order. */
    record ListOf(CtyType element) implements CtyType {}

    /** Different values of one type, without order. */
    record SetOf(CtyType element) implements CtyType {}

    /** Values of one type by name. */
    record MapOf(CtyType element) implements CtyType {}

    /** A value of its own type for each name; all names are always there. */
    record ObjectOf(SortedMap<String, CtyType> attributes) implements CtyType {
        public ObjectOf {
            attributes = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        }

        /** Of names and types in any order. */
        public ObjectOf(Map<String, CtyType> attributes) {
            this(new TreeMap<>(attributes));
        }
    }

    /** A value of its own type for each place. */
    record TupleOf(List<CtyType> elements) implements CtyType {
        public TupleOf {
            elements = List.copyOf(elements);
        }
    }
}
