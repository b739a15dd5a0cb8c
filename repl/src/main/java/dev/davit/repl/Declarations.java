package dev.davit.repl;

import dev.davit.dsl.Imports;
import dev.davit.dsl.Verbs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ImportNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.syntax.SyntaxException;
import org.codehaus.groovy.syntax.Types;
import org.jspecify.annotations.Nullable;

/**
 * Makes what an input declares known to the next ones. Its outer variables, with {@code def} or a type, become variables
 * of the shell; its imports are those of all later inputs.
 */
final class Declarations extends CompilationCustomizer {

    private final Map<String, ClassNode> imports = new LinkedHashMap<>();
    private final Set<String> packages = new LinkedHashSet<>();
    private final Map<String, ImportNode> members = new LinkedHashMap<>();
    private final Map<String, ImportNode> allMembers = new LinkedHashMap<>();
    private final List<String> functions = new ArrayList<>();
    private @Nullable ModuleNode module;
    private boolean assignment;

    Declarations() {
        super(CompilePhase.CONVERSION);
        Imports.TYPES.forEach(type -> imports.put(type.substring(type.lastIndexOf('.') + 1), ClassHelper.make(type)));
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        ModuleNode current = source.getAST();
        if (current == module) {
            return; // one call for each class of the input
        }
        module = current;
        addImports(current);
        functions.clear();
        for (MethodNode function : current.getMethods()) {
            if (isVerb(function.getName())) {
                source.addErrorAndContinue(new SyntaxException("'" + function.getName()
                        + "' is a verb; choose another name for the function", function));
            }
            functions.add(function.getName());
        }
        List<Statement> statements = current.getStatementBlock().getStatements();
        assignment = !statements.isEmpty() && isAssignment(statements.get(statements.size() - 1));
        statements.forEach(Declarations::publish);
    }

    private static boolean isVerb(String name) {
        return Verbs.ofScripts().anyMatch(method -> method.getName().equals(name));
    }

    /** Called when the input has been compiled: only then do its imports count. */
    void keep() {
        ModuleNode compiled = module;
        if (compiled == null) {
            return;
        }
        compiled.getImports().forEach(node -> imports.put(node.getAlias(), node.getType()));
        compiled.getStarImports().forEach(node -> packages.add(node.getPackageName()));
        members.putAll(compiled.getStaticImports());
        allMembers.putAll(compiled.getStaticStarImports());
    }

    private void addImports(ModuleNode to) {
        imports.forEach((alias, type) -> {
            if (to.getImport(alias) == null) {
                to.addImport(alias, ClassHelper.make(type.getName()));
            }
        });
        packages.forEach(to::addStarImport);
        members.forEach((alias, node) -> {
            if (!to.getStaticImports().containsKey(alias)) {
                to.addStaticImport(ClassHelper.make(node.getType().getName()), node.getFieldName(), alias);
            }
        });
        allMembers.forEach((name, node) ->
                to.addStaticStarImport(name, ClassHelper.make(node.getType().getName())));
    }

    /** The types that can be said by their simple names, by these names. */
    Map<String, String> imports() {
        Map<String, String> names = new LinkedHashMap<>();
        imports.forEach((alias, type) -> names.put(alias, type.getName()));
        return names;
    }

    /** The packages that are imported as a whole; each ends with a dot. */
    Set<String> packages() {
        return packages;
    }

    /** The functions that the last input declares. */
    List<String> functions() {
        return functions;
    }

    /** Whether the last input ends with an assignment or a declaration. */
    boolean isAssignment() {
        return assignment;
    }

    private static boolean isAssignment(Statement statement) {
        return statement instanceof ExpressionStatement s && s.getExpression() instanceof BinaryExpression binary
                && (binary instanceof DeclarationExpression
                || Types.ofType(binary.getOperation().getType(), Types.ASSIGNMENT_OPERATOR));
    }

    private static void publish(Statement statement) {
        if (!(statement instanceof ExpressionStatement s)
                || !(s.getExpression() instanceof DeclarationExpression declaration)
                || !declaration.getAnnotations().isEmpty()) {
            return;
        }
        Expression left = declaration.getLeftExpression();
        Expression value = declaration.getRightExpression();
        if (!declaration.isMultipleAssignmentDeclaration()) {
            VariableExpression declared = declaration.getVariableExpression();
            if (value instanceof EmptyExpression) {
                value = nothing(declared.getOriginType());
            } else if (!declared.isDynamicTyped()) {
                value = new CastExpression(declared.getOriginType(), value);
            }
            left = new VariableExpression(declared.getName());
            left.setSourcePosition(declared);
        }
        BinaryExpression assignment = new BinaryExpression(left, declaration.getOperation(), value);
        assignment.setSourcePosition(declaration);
        s.setExpression(assignment);
    }

    private static Expression nothing(ClassNode type) {
        if (!ClassHelper.isPrimitiveType(type)) {
            return new ConstantExpression(null);
        }
        return type.equals(ClassHelper.boolean_TYPE) ? new ConstantExpression(false)
                : new CastExpression(type, new ConstantExpression(0));
    }
}
