package io.tombolo.terraform.wire;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.cty.StateJson;
import io.tombolo.terraform.proto.ApplyResourceChange;
import io.tombolo.terraform.proto.CallFunction;
import io.tombolo.terraform.proto.CloseEphemeralResource;
import io.tombolo.terraform.proto.ConfigureProvider;
import io.tombolo.terraform.proto.DynamicValue;
import io.tombolo.terraform.proto.FunctionError;
import io.tombolo.terraform.proto.GetFunctions;
import io.tombolo.terraform.proto.GetProviderSchema;
import io.tombolo.terraform.proto.ImportResourceState;
import io.tombolo.terraform.proto.OpenEphemeralResource;
import io.tombolo.terraform.proto.PlanResourceChange;
import io.tombolo.terraform.proto.ProviderGrpc;
import io.tombolo.terraform.proto.ReadDataSource;
import io.tombolo.terraform.proto.ReadResource;
import io.tombolo.terraform.proto.RenewEphemeralResource;
import io.tombolo.terraform.proto.ServerCapabilities;
import io.tombolo.terraform.proto.StopProvider;
import io.tombolo.terraform.proto.UpgradeResourceState;
import io.tombolo.terraform.proto.ValidateDataResourceConfig;
import io.tombolo.terraform.proto.ValidateEphemeralResourceConfig;
import io.tombolo.terraform.proto.ValidateProviderConfig;
import io.tombolo.terraform.proto.ValidateResourceConfig;
import io.tombolo.terraform.resource.DataSource;
import io.tombolo.terraform.resource.EphemeralResource;
import io.tombolo.terraform.resource.Lifecycle;
import io.tombolo.terraform.resource.ManagedResource;
import io.tombolo.terraform.resource.ProviderFunction;
import io.tombolo.terraform.schema.Problem;
import io.tombolo.terraform.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The calls of the protocol, each one's message to values and back. */
final class ProviderCalls extends ProviderGrpc.ProviderImplBase {
    private final LateProvider provider;

    ProviderCalls(LateProvider provider) {
        this.provider = provider;
    }

    @Override
    public void getProviderSchema(
            GetProviderSchema.Request request, StreamObserver<GetProviderSchema.Response> caller) {
        Answer.to(
                caller,
                () -> {
                    GetProviderSchema.Response.Builder all = GetProviderSchema.Response.newBuilder()
                            .setProvider(Messages.schema(provider.get().schema()))
                            .setServerCapabilities(ServerCapabilities.newBuilder()
                                    .setPlanDestroy(true)
                                    .setGetProviderSchemaOptional(true));
                    provider.get()
                            .resources()
                            .forEach((name, one) -> all.putResourceSchemas(name, Messages.schema(one.schema())));
                    provider.get()
                            .dataSources()
                            .forEach((name, one) -> all.putDataSourceSchemas(name, Messages.schema(one.schema())));
                    provider.get()
                            .ephemeralResources()
                            .forEach((name, one) ->
                                    all.putEphemeralResourceSchemas(name, Messages.schema(one.schema())));
                    provider.get().functions().forEach((name, one) -> all.putFunctions(name, Messages.function(one)));
                    return all.build();
                },
                problems -> GetProviderSchema.Response.newBuilder()
                        .addAllDiagnostics(Messages.diagnostics(problems))
                        .build());
    }

    @Override
    public void validateProviderConfig(
            ValidateProviderConfig.Request request, StreamObserver<ValidateProviderConfig.Response> caller) {
        Answer.to(
                caller,
                () -> checkedProvider(Messages.object(provider.get().schema().type(), request.getConfig())
                        .map(config -> problems(
                                provider.get().schema(), config, provider.get().problems(config)))
                        .orElse(List.of())),
                ProviderCalls::checkedProvider);
    }

    private static ValidateProviderConfig.Response checkedProvider(List<Problem> problems) {
        return ValidateProviderConfig.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnostics(problems))
                .build();
    }

    @Override
    public void validateResourceConfig(
            ValidateResourceConfig.Request request, StreamObserver<ValidateResourceConfig.Response> caller) {
        Answer.to(
                caller,
                () -> {
                    ManagedResource resource = resource(request.getTypeName());
                    return checkedResource(Messages.object(resource.schema().type(), request.getConfig())
                            .map(config -> new Lifecycle(resource).validate(config))
                            .orElse(List.of()));
                },
                ProviderCalls::checkedResource);
    }

    private static ValidateResourceConfig.Response checkedResource(List<Problem> problems) {
        return ValidateResourceConfig.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnostics(problems))
                .build();
    }

    @Override
    public void validateDataResourceConfig(
            ValidateDataResourceConfig.Request request, StreamObserver<ValidateDataResourceConfig.Response> caller) {
        Answer.to(
                caller,
                () -> {
                    DataSource source = dataSource(request.getTypeName());
                    return checkedSource(Messages.object(source.schema().type(), request.getConfig())
                            .map(config -> problems(source.schema(), config, source.problems(config)))
                            .orElse(List.of()));
                },
                ProviderCalls::checkedSource);
    }

    private static ValidateDataResourceConfig.Response checkedSource(List<Problem> problems) {
        return ValidateDataResourceConfig.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnostics(problems))
                .build();
    }

    @Override
    public void validateEphemeralResourceConfig(
            ValidateEphemeralResourceConfig.Request request,
            StreamObserver<ValidateEphemeralResourceConfig.Response> caller) {
        Answer.to(
                caller,
                () -> {
                    EphemeralResource resource = ephemeral(request.getTypeName());
                    return checkedEphemeral(Messages.object(resource.schema().type(), request.getConfig())
                            .map(config -> problems(resource.schema(), config, resource.problems(config)))
                            .orElse(List.of()));
                },
                ProviderCalls::checkedEphemeral);
    }

    private static ValidateEphemeralResourceConfig.Response checkedEphemeral(List<Problem> problems) {
        return ValidateEphemeralResourceConfig.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnostics(problems))
                .build();
    }

    @Override
    public void configureProvider(
            ConfigureProvider.Request request, StreamObserver<ConfigureProvider.Response> caller) {
        Answer.to(
                caller,
                () -> configured(Messages.object(provider.get().schema().type(), request.getConfig())
                        .map(settings -> provider.get().configure(settings))
                        .orElse(List.of())),
                ProviderCalls::configured);
    }

    private static ConfigureProvider.Response configured(List<Problem> problems) {
        return ConfigureProvider.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnostics(problems))
                .build();
    }

    @Override
    public void upgradeResourceState(
            UpgradeResourceState.Request request, StreamObserver<UpgradeResourceState.Response> caller) {
        Answer.to(
                caller,
                () -> {
                    ManagedResource resource = resource(request.getTypeName());
                    CtyValue state = resource.upgraded(
                            request.getVersion(),
                            StateJson.object(request.getRawState().getJson().toByteArray()));
                    return UpgradeResourceState.Response.newBuilder()
                            .setUpgradedState(Messages.value(resource.schema().type(), state))
                            .build();
                },
                problems -> UpgradeResourceState.Response.newBuilder()
                        .addAllDiagnostics(Messages.diagnostics(problems))
                        .build());
    }

    @Override
    public void readResource(ReadResource.Request request, StreamObserver<ReadResource.Response> caller) {
        Answer.to(
                caller,
                () -> {
                    ManagedResource resource = resource(request.getTypeName());
                    CtyType type = resource.schema().type();
                    Optional<CtyValue.Fields> state = Messages.object(type, request.getCurrentState())
                            .flatMap(now -> new Lifecycle(resource).read(now).state());
                    return ReadResource.Response.newBuilder()
                            .setNewState(Messages.object(type, state))
                            .setPrivate(request.getPrivate())
                            .build();
                },
                problems -> ReadResource.Response.newBuilder()
                        .setNewState(request.getCurrentState())
                        .setPrivate(request.getPrivate())
                        .addAllDiagnostics(Messages.diagnostics(problems))
                        .build());
    }

    @Override
    public void planResourceChange(
            PlanResourceChange.Request request, StreamObserver<PlanResourceChange.Response> caller) {
        Answer.to(
                caller,
                () -> {
                    ManagedResource resource = resource(request.getTypeName());
                    CtyType type = resource.schema().type();
                    boolean goes =
                            Messages.object(type, request.getProposedNewState()).isEmpty();
                    Lifecycle.Result plan = new Lifecycle(resource)
                            .plan(
                                    Messages.object(type, request.getPriorState()),
                                    goes ? Optional.empty() : Messages.object(type, request.getConfig()));
                    return PlanResourceChange.Response.newBuilder()
                            .setPlannedState(Messages.object(type, plan.state()))
                            .addAllRequiresReplace(
                                    plan.replaces().stream().map(Messages::path).toList())
                            .setPlannedPrivate(request.getPriorPrivate())
                            .addAllDiagnostics(Messages.diagnostics(plan.problems()))
                            .build();
                },
                problems -> PlanResourceChange.Response.newBuilder()
                        .addAllDiagnostics(Messages.diagnostics(problems))
                        .build());
    }

    @Override
    public void applyResourceChange(
            ApplyResourceChange.Request request, StreamObserver<ApplyResourceChange.Response> caller) {
        Answer.to(
                caller,
                () -> {
                    ManagedResource resource = resource(request.getTypeName());
                    CtyType type = resource.schema().type();
                    Lifecycle.Result applied = new Lifecycle(resource)
                            .apply(
                                    Messages.object(type, request.getPriorState()),
                                    Messages.object(type, request.getPlannedState()),
                                    Messages.object(type, request.getConfig()));
                    return ApplyResourceChange.Response.newBuilder()
                            .setNewState(Messages.object(type, applied.state()))
                            .setPrivate(request.getPlannedPrivate())
                            .addAllDiagnostics(Messages.diagnostics(applied.problems()))
                            .build();
                },
                problems -> ApplyResourceChange.Response.newBuilder()
                        .setNewState(request.getPriorState())
                        .setPrivate(request.getPlannedPrivate())
                        .addAllDiagnostics(Messages.diagnostics(problems))
                        .build());
    }

    @Override
    public void importResourceState(
            ImportResourceState.Request request, StreamObserver<ImportResourceState.Response> caller) {
        Answer.to(
                caller,
                () -> {
                    ManagedResource resource = resource(request.getTypeName());
                    return ImportResourceState.Response.newBuilder()
                            .addImportedResources(ImportResourceState.ImportedResource.newBuilder()
                                    .setTypeName(request.getTypeName())
                                    .setState(Messages.value(
                                            resource.schema().type(), resource.imported(request.getId()))))
                            .build();
                },
                problems -> ImportResourceState.Response.newBuilder()
                        .addAllDiagnostics(Messages.diagnostics(problems))
                        .build());
    }

    @Override
    public void readDataSource(ReadDataSource.Request request, StreamObserver<ReadDataSource.Response> caller) {
        Answer.to(
                caller,
                () -> {
                    DataSource source = dataSource(request.getTypeName());
                    CtyType type = source.schema().type();
                    CtyValue.Fields config =
                            Messages.object(type, request.getConfig()).orElseThrow();
                    return ReadDataSource.Response.newBuilder()
                            .setState(Messages.value(type, source.read(config)))
                            .build();
                },
                problems -> ReadDataSource.Response.newBuilder()
                        .addAllDiagnostics(Messages.diagnostics(problems))
                        .build());
    }

    @Override
    public void openEphemeralResource(
            OpenEphemeralResource.Request request, StreamObserver<OpenEphemeralResource.Response> caller) {
        Answer.to(
                caller,
                () -> {
                    EphemeralResource resource = ephemeral(request.getTypeName());
                    CtyType type = resource.schema().type();
                    EphemeralResource.Opened opened = resource.open(
                            Messages.object(type, request.getConfig()).orElseThrow());
                    return OpenEphemeralResource.Response.newBuilder()
                            .setResult(Messages.value(type, opened.result()))
                            .setPrivate(ByteString.copyFrom(opened.memory()))
                            .build();
                },
                problems -> OpenEphemeralResource.Response.newBuilder()
                        .addAllDiagnostics(Messages.diagnostics(problems))
                        .build());
    }

    @Override
    public void renewEphemeralResource(
            RenewEphemeralResource.Request request, StreamObserver<RenewEphemeralResource.Response> caller) {
        Answer.to(
                caller,
                () -> RenewEphemeralResource.Response.newBuilder()
                        .setPrivate(request.getPrivate())
                        .build(),
                problems -> RenewEphemeralResource.Response.newBuilder()
                        .addAllDiagnostics(Messages.diagnostics(problems))
                        .build());
    }

    @Override
    public void closeEphemeralResource(
            CloseEphemeralResource.Request request, StreamObserver<CloseEphemeralResource.Response> caller) {
        Answer.to(
                caller,
                () -> {
                    ephemeral(request.getTypeName()).close(request.getPrivate().toByteArray());
                    return CloseEphemeralResource.Response.getDefaultInstance();
                },
                problems -> CloseEphemeralResource.Response.newBuilder()
                        .addAllDiagnostics(Messages.diagnostics(problems))
                        .build());
    }

    @Override
    public void getFunctions(GetFunctions.Request request, StreamObserver<GetFunctions.Response> caller) {
        Answer.to(
                caller,
                () -> {
                    GetFunctions.Response.Builder all = GetFunctions.Response.newBuilder();
                    provider.get().functions().forEach((name, one) -> all.putFunctions(name, Messages.function(one)));
                    return all.build();
                },
                problems -> GetFunctions.Response.newBuilder()
                        .addAllDiagnostics(Messages.diagnostics(problems))
                        .build());
    }

    @Override
    public void callFunction(CallFunction.Request request, StreamObserver<CallFunction.Response> caller) {
        Answer.to(
                caller,
                () -> {
                    ProviderFunction function = known(provider.get().functions(), request.getName());
                    try {
                        CtyValue result = function.call(arguments(function, request.getArgumentsList()));
                        return CallFunction.Response.newBuilder()
                                .setResult(Messages.value(function.result(), result))
                                .build();
                    } catch (ProviderFunction.BadArgument bad) {
                        return CallFunction.Response.newBuilder()
                                .setError(FunctionError.newBuilder()
                                        .setText(String.valueOf(bad.getMessage()))
                                        .setFunctionArgument(bad.argument()))
                                .build();
                    }
                },
                problems -> CallFunction.Response.newBuilder()
                        .setError(FunctionError.newBuilder()
                                .setText(problems.getFirst().detail()))
                        .build());
    }

    private static List<CtyValue> arguments(ProviderFunction function, List<DynamicValue> given) {
        var arguments = new ArrayList<CtyValue>();
        for (int i = 0; i < given.size(); i++) {
            arguments.add(Messages.value(function.parameters().get(i).type(), given.get(i)));
        }
        return arguments;
    }

    @Override
    public void stopProvider(StopProvider.Request request, StreamObserver<StopProvider.Response> caller) {
        provider.get().stop();
        caller.onNext(StopProvider.Response.getDefaultInstance());
        caller.onCompleted();
    }

    private static List<Problem> problems(Schema schema, CtyValue.Fields config, List<Problem> more) {
        var found = new ArrayList<>(schema.problems(config));
        found.addAll(more);
        return found;
    }

    private ManagedResource resource(String name) {
        return known(provider.get().resources(), name);
    }

    private DataSource dataSource(String name) {
        return known(provider.get().dataSources(), name);
    }

    private EphemeralResource ephemeral(String name) {
        return known(provider.get().ephemeralResources(), name);
    }

    private static <T> T known(Map<String, T> all, String name) {
        @Nullable T one = all.get(name);
        if (one == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return one;
    }
}
