package dev.davit.repl;

import dev.davit.dsl.Verb;
import dev.davit.dsl.Verbs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PostfixExpression;
import org.codehaus.groovy.ast.expr.PrefixExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.syntax.Types;

/** What an input says: whether it only looks, what its value is called, and how a script says the same. */
final class Said extends CodeVisitorSupport {

    private record Edit(int start, int end, String text) { }

    private static final Set<String> LOOKING_GROUPS = Set.of("Sources", "Layers and files", "Indexes",
            "Config and annotations", "Looking", "Checks");
    /** Verbs of those groups whose names also stand for changing a collection, or that fail a run on purpose. */
    private static final Set<String> DOING = Set.of("add", "addAll", "remove", "check", "bump");
    private static final Set<String> LOOKING = Stream.concat(
            Verbs.all().stream().filter(verb -> LOOKING_GROUPS.contains(verb.group())).map(Verb::name)
                    .filter(name -> !DOING.contains(name)),
            Stream.of("referrers", "tags", "catalog", "repositories", "untagged", "tagsOf", "blob", "tagsIfAny", "search",
                    "size", "length", "toString", "first", "last", "get", "collect", "collectEntries", "collectMany", "find",
                    "findAll", "grep", "any", "every", "count", "sum", "max", "min", "sort", "unique",
                    "groupBy", "countBy", "take", "drop", "join", "contains", "containsKey", "keySet", "values", "readLines",
                    "startsWith", "endsWith", "toUpperCase", "toLowerCase"))
            .collect(Collectors.toSet());

    private final String text;
    private final ModuleNode module;
    private final List<Edit> edits = new ArrayList<>();
    private final List<Edit> lasts = new ArrayList<>();
    private boolean does;

    private Said(String text, ModuleNode module) {
        this.text = text;
        this.module = module;
        statements().forEach(this::declare);
        statements().forEach(statement -> statement.visit(this));
    }

    /** Empty if Groovy does not understand it. */
    static Optional<Said> of(String text) {
        try {
            CompilationUnit unit = new CompilationUnit();
            unit.addSource("line", text);
            unit.compile(Phases.CONVERSION);
            return Optional.of(new Said(text, unit.getAST().getModules().get(0)));
        } catch (CompilationFailedException e) {
            return Optional.empty();
        }
    }

    private List<Statement> statements() {
        return module.getStatementBlock().getStatements();
    }

    /** Whether a run without it would come to the same. */
    boolean onlyLooks() {
        return !does && !statements().isEmpty() && functions().isEmpty() && module.getClasses().size() <= 1
                && module.getImports().isEmpty() && module.getStarImports().isEmpty()
                && module.getStaticImports().isEmpty() && module.getStaticStarImports().isEmpty()
                && statements().stream().allMatch(ExpressionStatement.class::isInstance);
    }

    /** The functions that it declares. */
    List<String> functions() {
        return module.getMethods().stream().map(MethodNode::getName).toList();
    }

    boolean onlyDeclaresFunctions() {
        return statements().isEmpty() && !functions().isEmpty();
    }

    /** Whether it goes on from the last value. */
    boolean usesLast() {
        return !lasts.isEmpty();
    }

    /** The variable that it gives its value to; empty if it gives it to none. */
    Optional<String> variable() {
        return end() instanceof ExpressionStatement statement && statement.getExpression() instanceof BinaryExpression binary
                && Types.ofType(binary.getOperation().getType(), Types.ASSIGNMENT_OPERATOR)
                && binary.getLeftExpression() instanceof VariableExpression variable
                ? Optional.of(variable.getName()) : Optional.empty();
    }

    private Statement end() {
        return statements().isEmpty() ? module.getStatementBlock() : statements().get(statements().size() - 1);
    }

    /**
     * The same for a script, where a variable that functions know is declared by its assignment.
     *
     * @param last what the last value is called there
     * @param name what its own value is to be called; empty if nobody asks for it
     */
    String script(String last, String name) {
        List<Edit> all = new ArrayList<>(edits);
        lasts.forEach(edit -> all.add(new Edit(edit.start, edit.end, last)));
        if (!name.isEmpty() && end() instanceof ExpressionStatement statement) {
            all.add(new Edit(start(statement), start(statement), name + " = "));
        }
        all.sort(Comparator.comparingInt(Edit::start).reversed());
        StringBuilder script = new StringBuilder(text);
        all.forEach(edit -> script.replace(edit.start, edit.end, edit.text));
        return script.toString();
    }

    private void declare(Statement statement) {
        if (!(statement instanceof ExpressionStatement s)
                || !(s.getExpression() instanceof DeclarationExpression declaration)
                || !declaration.getAnnotations().isEmpty()) {
            return;
        }
        int start = start(statement);
        if (declaration.isMultipleAssignmentDeclaration()) {
            edits.add(new Edit(start, text.indexOf('(', start), ""));
            return;
        }
        VariableExpression variable = declaration.getVariableExpression();
        edits.add(new Edit(start, start(variable), ""));
        ClassNode type = variable.getOriginType();
        if (declaration.getRightExpression() instanceof EmptyExpression) {
            String nothing = !ClassHelper.isPrimitiveType(type) ? "null"
                    : type.equals(ClassHelper.boolean_TYPE) ? "false" : "(" + type.getName() + ") 0";
            edits.add(new Edit(end(variable), end(variable), " = " + nothing));
        } else if (!variable.isDynamicTyped()) {
            String cast = "(" + text.substring(start, start(variable)).replaceAll("\\bfinal\\b", "").strip() + ") (";
            int from = start(declaration.getRightExpression());
            int to = end(declaration.getRightExpression());
            edits.add(new Edit(from, to, cast + text.substring(from, to) + ")"));
        }
    }

    private int start(ASTNode node) {
        return offset(node.getLineNumber(), node.getColumnNumber());
    }

    private int end(ASTNode node) {
        return offset(node.getLastLineNumber(), node.getLastColumnNumber());
    }

    private int offset(int line, int column) {
        int at = 0;
        for (int i = 1; i < line; i++) {
            at = text.indexOf('\n', at) + 1;
        }
        return at + column - 1;
    }

    @Override
    public void visitVariableExpression(VariableExpression variable) {
        if (variable.getName().equals(Evaluator.LAST) && variable.getLineNumber() > 0) {
            lasts.add(new Edit(start(variable), end(variable), ""));
        }
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        String name = call.getMethodAsString();
        if (name != null && name.equals("plan")) {
            return; // nothing of its block is done
        }
        does |= name == null || !LOOKING.contains(name);
        super.visitMethodCallExpression(call);
    }

    @Override
    public void visitBinaryExpression(BinaryExpression binary) {
        int operation = binary.getOperation().getType();
        does |= Types.ofType(operation, Types.ASSIGNMENT_OPERATOR) || operation == Types.LEFT_SHIFT;
        super.visitBinaryExpression(binary);
    }

    @Override
    public void visitPostfixExpression(PostfixExpression expression) {
        does = true;
        super.visitPostfixExpression(expression);
    }

    @Override
    public void visitPrefixExpression(PrefixExpression expression) {
        does = true;
        super.visitPrefixExpression(expression);
    }
}
