package io.tombolo.terraform.wire;

import com.google.protobuf.ByteString;
import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.cty.MessagePack;
import io.tombolo.terraform.cty.TypeJson;
import io.tombolo.terraform.proto.AttributePath;
import io.tombolo.terraform.proto.Diagnostic;
import io.tombolo.terraform.proto.DynamicValue;
import io.tombolo.terraform.proto.Function;
import io.tombolo.terraform.proto.Schema;
import io.tombolo.terraform.proto.StringKind;
import io.tombolo.terraform.resource.ProviderFunction;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.AttributeType;
import io.tombolo.terraform.schema.Problem;
import io.tombolo.terraform.schema.ValuePath;
import java.util.List;
import java.util.Optional;

/** What the other rooms say, in the protocol's words. */
final class Messages {
    private Messages() {}

    static Schema schema(io.tombolo.terraform.schema.Schema schema) {
        return Schema.newBuilder()
                .setVersion(schema.version())
                .setBlock(Schema.Block.newBuilder()
                        .setVersion(schema.version())
                        .setDescription(schema.description())
                        .setDescriptionKind(StringKind.MARKDOWN)
                        .addAllAttributes(attributes(schema.attributes())))
                .build();
    }

    private static List<Schema.Attribute> attributes(List<Attribute> attributes) {
        return attributes.stream().map(Messages::attribute).toList();
    }

    private static Schema.Attribute attribute(Attribute attribute) {
        Schema.Attribute.Builder builder = Schema.Attribute.newBuilder()
                .setName(attribute.name())
                .setDescription(attribute.description())
                .setDescriptionKind(StringKind.MARKDOWN)
                .setRequired(attribute.mode() == Attribute.Mode.REQUIRED)
                .setOptional(attribute.isConfigurable() && attribute.mode() != Attribute.Mode.REQUIRED)
                .setComputed(attribute.isComputed())
                .setSensitive(attribute.is(Attribute.Trait.SENSITIVE))
                .setWriteOnly(attribute.is(Attribute.Trait.WRITE_ONLY));
        switch (attribute.type()) {
            case AttributeType.Plain(CtyType type) -> builder.setType(ByteString.copyFromUtf8(TypeJson.write(type)));
            case AttributeType.Nested nested ->
                builder.setNestedType(Schema.Object.newBuilder()
                        .setNesting(nesting(nested.nesting()))
                        .addAllAttributes(attributes(nested.attributes())));
        }
        return builder.build();
    }

    private static Schema.Object.NestingMode nesting(AttributeType.Nesting nesting) {
        return switch (nesting) {
            case SINGLE -> Schema.Object.NestingMode.SINGLE;
            case LIST -> Schema.Object.NestingMode.LIST;
            case SET -> Schema.Object.NestingMode.SET;
            case MAP -> Schema.Object.NestingMode.MAP;
        };
    }

    static Function function(ProviderFunction function) {
        return Function.newBuilder()
                .setSummary(function.summary())
                .setDescription(function.description())
                .setDescriptionKind(StringKind.MARKDOWN)
                .setReturn(Function.Return.newBuilder()
                        .setType(ByteString.copyFromUtf8(TypeJson.write(function.result()))))
                .addAllParameters(function.parameters().stream()
                        .map(parameter -> Function.Parameter.newBuilder()
                                .setName(parameter.name())
                                .setType(ByteString.copyFromUtf8(TypeJson.write(parameter.type())))
                                .setDescription(parameter.description())
                                .setDescriptionKind(StringKind.MARKDOWN)
                                .build())
                        .toList())
                .build();
    }

    static List<Diagnostic> diagnostics(List<Problem> problems) {
        return problems.stream().map(Messages::diagnostic).toList();
    }

    private static Diagnostic diagnostic(Problem problem) {
        Diagnostic.Builder builder = Diagnostic.newBuilder()
                .setSeverity(problem.isError() ? Diagnostic.Severity.ERROR : Diagnostic.Severity.WARNING)
                .setSummary(problem.summary())
                .setDetail(problem.detail());
        if (!problem.path().steps().isEmpty()) {
            builder.setAttribute(path(problem.path().withALine()));
        }
        return builder.build();
    }

    static AttributePath path(ValuePath path) {
        AttributePath.Builder builder = AttributePath.newBuilder();
        for (ValuePath.Step step : path.steps()) {
            builder.addSteps(
                    switch (step) {
                        case ValuePath.Step.Name(String name) ->
                            AttributePath.Step.newBuilder().setAttributeName(name);
                        case ValuePath.Step.Key(String key) ->
                            AttributePath.Step.newBuilder().setElementKeyString(key);
                        case ValuePath.Step.Index(int index) ->
                            AttributePath.Step.newBuilder().setElementKeyInt(index);
                    });
        }
        return builder.build();
    }

    static DynamicValue value(CtyType type, CtyValue value) {
        return DynamicValue.newBuilder()
                .setMsgpack(ByteString.copyFrom(MessagePack.write(type, value)))
                .build();
    }

    static CtyValue value(CtyType type, DynamicValue value) {
        return value.getMsgpack().isEmpty()
                ? CtyValue.NULL
                : MessagePack.read(type, value.getMsgpack().toByteArray());
    }

    /** Empty if it is null. */
    static Optional<CtyValue.Fields> object(CtyType type, DynamicValue value) {
        return value(type, value) instanceof CtyValue.Fields fields ? Optional.of(fields) : Optional.empty();
    }

    static DynamicValue object(CtyType type, Optional<CtyValue.Fields> value) {
        return value(type, value.isPresent() ? value.get() : CtyValue.NULL);
    }
}
