import { Lexer, type Token, type Tokens } from 'marked';
import type { ComponentChildren } from 'preact';

/**
 * Markdown as elements of this page. Nothing is parsed as HTML: tags are shown as text, links and images as their words. So a letter
 * cannot run a script, load a file or link to another site.
 */
export function Markdown({ text }: { text: string }) {
  return <div class="prose">{blocks(new Lexer({ gfm: true }).lex(text))}</div>;
}

const blocks = (tokens: readonly Token[]): ComponentChildren => tokens.map(block);

function block(token: Token): ComponentChildren {
  switch (token.type) {
    case 'heading':
      // The page's own heading is the first level.
      return <h2>{inline(token)}</h2>;
    case 'paragraph':
      return <p>{inline(token)}</p>;
    case 'list': {
      const { ordered, items } = token as Tokens.List;
      const rows = items.map((item) => <li>{blocks(item.tokens)}</li>);
      return ordered ? <ol>{rows}</ol> : <ul>{rows}</ul>;
    }
    case 'blockquote':
      return <blockquote>{blocks((token as Tokens.Blockquote).tokens)}</blockquote>;
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return (
        <div class="table" tabIndex={0} role="region" aria-label={header.map(({ text }) => text).join(', ')}>
          <table>
            <thead>
              <tr>
                {header.map((cell) => (
                  <th scope="col">{cell.tokens.map(span)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr>
                  {row.map((cell) => (
                    <td>{cell.tokens.map(span)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    }
    case 'hr':
      return <hr />;
    case 'space':
      return null;
    default:
      return 'tokens' in token ? inline(token) : <p>{token.raw}</p>;
  }
}

const inline = (token: Token): ComponentChildren => ('tokens' in token ? token.tokens.map(span) : (token as Tokens.Text).text);

function span(token: Token): ComponentChildren {
  switch (token.type) {
    case 'strong':
      return <strong>{inline(token)}</strong>;
    case 'em':
      return <em>{inline(token)}</em>;
    case 'br':
      return <br />;
    case 'escape':
      return (token as Tokens.Escape).text;
    case 'text':
    case 'link':
    case 'del':
      return inline(token);
    case 'image':
    case 'codespan':
      return (token as Tokens.Image).text;
    default:
      return token.raw;
  }
}
